using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Evaluation.Runs;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

/// <summary>Whatever the data, every figure is well-formed and keeps its text on the sheet.</summary>
public sealed class FigureProperties
{
    private static readonly Gen<double> Numbers = Gen.Frequency(
        (8, Gen.Choose(0, 1000).Select(n => n / 1000.0)),
        (2, Gen.Elements(0, 1, 4, 250.0, 12345)),
        (2, Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 1e300, -1e300, double.Epsilon, -0.0)));

    private static readonly Gen<string> Names = Gen.Elements(
        "deltaedge", "deltaedge-global", "oracle", "fixed-576", "fixed-1", "slackfit", "proteus", "unheard-of", "", "a<b>&\"c'", "帧率", "\u0001\ud800\uffff",
        "a name that goes on and on until nobody reads it any more and no sheet is wide enough to hold it, nor any screen, and then goes on a little longer still");

    private static readonly Gen<int> Budgets = Gen.Elements(576, 144, 64, 36, 16, 4, 1, 0);

    private static readonly Gen<Bar> Bars =
        from label in Names
        from value in Numbers
        from low in Numbers
        from high in Numbers
        select new Bar(label, value, low, high);

    private static readonly Gen<TimeMark> Marks =
        from second in Numbers
        from label in Names
        select new TimeMark(second, label);

    [Fact]
    public void Plane_StaysSound() => Check(
        from title in Names
        from panels in (from workload in Names
                        from points in Few(from p in Names from a in Numbers from b in Numbers select new PlanePoint(p, a, b), 24)
                        select new PlanePanel(workload, points)).ListOf().Select(l => l.Take(4).ToArray())
        select PlaneFigure.Draw(title, panels));

    [Fact]
    public void Timeline_StaysSound() => Check(
        from title in Names
        from seconds in Few(from n in Numbers.ArrayOf(7) select new SecondPoint(n[0], n[1], n[2], n[3], n[4], n[5], n[6]), 20)
        from sla in Numbers
        from ladder in Few(Budgets, 7)
        from marks in Few(Marks, 5)
        select TimelineFigure.Draw(title, seconds, sla, ladder, marks));

    [Fact]
    public void UsefulByLoad_StaysSound() => Check(
        from title in Names
        from points in Few(from p in Names from r in Numbers from u in Numbers select new LoadPoint(p, r, u), 40)
        select UsefulByLoadFigure.Draw(title, points));

    [Fact]
    public void Capacity_StaysSound() => Check(
        from title in Names
        from bars in Few(Bars, 20)
        select CapacityFigure.Draw(title, title, title, bars));

    [Fact]
    public void Recovery_StaysSound() => Check(
        from title in Names
        from lines in Few(from p in Names from s in Few(from a in Numbers from b in Numbers select (a, b), 12) select new RecoveryLine(p, s), 6)
        from marks in Few(Marks, 5)
        select RecoveryFigure.Draw(title, lines, marks));

    [Fact]
    public void LatencyProfile_StaysSound() => Check(
        from title in Names
        from cells in Few(from b in Budgets from n in Gen.Elements(1, 2, 4, 8, 16, 32) from m in Numbers select new LatencyCell(b, n, m), 42)
        select LatencyProfileFigure.Draw(title, title, cells));

    [Fact]
    public void AccuracyAudit_StaysSound() => Check(
        from title in Names
        from points in Few(from k in Names from b in Budgets from n in Numbers.ArrayOf(4) select new AuditPoint(k, b, n[0], n[1], n[2], n[3]), 40)
        select AccuracyAuditFigure.Draw(title, points));

    [Fact]
    public void Ablation_StaysSound() => Check(
        from title in Names
        from whole in Bars
        from variants in Few(Bars, 8)
        select AblationFigure.Draw(title, whole, variants));

    private static Gen<T[]> Few<T>(Gen<T> item, int most) => item.ListOf().Select(l => l.Take(most).ToArray());

    private static void Check(Gen<string> figures) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(figures.ToArbitrary(), svg => new DrawnSheet(svg).AssertSound()));
}
