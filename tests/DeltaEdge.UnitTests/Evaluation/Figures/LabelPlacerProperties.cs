using DeltaEdge.Evaluation.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

public sealed class LabelPlacerProperties
{
    private static readonly Gen<(int X, int Y, int Width)[]> Spots =
        (from x in Gen.Choose(0, 300) from y in Gen.Choose(0, 200) from w in Gen.Choose(10, 90) select (x, y, w)).ListOf().Select(l => l.Take(30).ToArray());

    [Fact]
    public void PlacedLabels_LieInsideAndNeverOnEachOtherNorOnMarkers() => Check.QuickThrowOnFailure(Prop.ForAll(Spots.ToArbitrary(), spots =>
    {
        var placer = new LabelPlacer(0, 0, 300, 200);
        LabelBox[] markers = [.. spots.Select(s => new LabelBox(s.X - 5, s.Y - 5, 10, 10))];
        foreach (var marker in markers)
        {
            placer.Block(marker);
        }

        LabelBox[] labels = [.. spots.Select(s => placer.Place(s.X, s.Y, s.Width, 13, 5)).OfType<LabelBox>()];

        Assert.All(labels, l => Assert.True(l.X >= 0 && l.Y >= 0 && l.X + l.Width <= 300 && l.Y + l.Height <= 200));
        Assert.All(labels, l => Assert.DoesNotContain(markers, l.Meets));
        Assert.All(labels, l => Assert.Single(labels, l.Meets));
    }));

    [Fact]
    public void LonePoint_HasItsLabelAtItsRight()
    {
        var box = new LabelPlacer(0, 0, 300, 200).Place(100, 100, 40, 12, 5)!.Value;

        Assert.Equal(new LabelBox(109, 94, 40, 12), box);
    }

    [Fact]
    public void NoRoom_GivesNoPlace() => Assert.Null(new LabelPlacer(0, 0, 50, 20).Place(25, 10, 60, 12, 5));

    [Fact]
    public void SpreadPositions_KeepOrderGapAndBounds() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(-50, 450).Select(v => (double)v).ListOf().Select(l => l.Take(20).ToArray()).ToArbitrary(),
        wanted =>
        {
            var placed = LabelPlacer.Spread(wanted, 15, 0, 400);
            double[] sorted = [.. placed.Order()];
            Assert.All(placed, p => Assert.InRange(p, -1e-9, 400 + 1e-9));
            Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 15 - 1e-6));
            Assert.Equal(wanted.Order(), wanted.Zip(placed).OrderBy(p => p.Second).Select(p => p.First));
        }));

    [Fact]
    public void SpreadPositions_StayWhereTheyAreIfThereIsRoom() => Assert.Equal([300, 20, 100], LabelPlacer.Spread([300, 20, 100], 15, 0, 400));

    [Theory]
    [InlineData(0, 15, 40, 15, true)]
    [InlineData(0, 0, 40, 30, true)]
    [InlineData(0, 0, 40, 5, false)]
    [InlineData(0, 0, 9, 9, false)]
    [InlineData(15, 0, 15, 40, true)]
    [InlineData(30, 0, 30, 40, false)]
    public void Line_CrossesABoxOrNot(double x1, double y1, double x2, double y2, bool crosses) =>
        Assert.Equal(crosses, new LabelBox(10, 10, 10, 10).IsCrossedBy((x1, y1), (x2, y2)));
}
