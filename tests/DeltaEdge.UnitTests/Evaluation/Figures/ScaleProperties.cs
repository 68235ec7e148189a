using DeltaEdge.Evaluation.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

public sealed class ScaleProperties
{
    private static readonly Gen<double> Numbers = Gen.Frequency(
        (8, Gen.Choose(-100_000, 100_000).Select(n => n / 100.0)),
        (1, Gen.Elements(0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, double.Epsilon)));

    private static readonly Gen<double[]> Data = Numbers.ListOf().Select(l => l.ToArray());

    private static readonly Func<double[], Scale>[] Kinds =
    [
        d => Scale.Linear(d), d => Scale.Linear(d, fromZero: true), d => Scale.Exact(d), d => Scale.Padded(d, 0, 100), d => Scale.Between(0, 100),
        d => Scale.Steps(d), d => Scale.Logarithmic(d),
    ];

    [Fact]
    public void EveryScale_RisesBetweenZeroAndOne() => Check.QuickThrowOnFailure(Prop.ForAll(Data.ToArbitrary(), data =>
    {
        double[] values = [.. data.Where(v => !double.IsNaN(v)).Order()];
        foreach (var scale in Kinds.Select(kind => kind(data)))
        {
            double[] shares = [.. values.Select(scale.Share)];
            Assert.All(shares, s => Assert.InRange(s, 0, 1));
            Assert.Equal(shares.Order(), shares);
            double[] ticks = [.. scale.Ticks.Select(scale.Share)];
            Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        }
    }));

    [Fact]
    public void LinearScale_HoldsItsValuesApart()
    {
        var scale = Scale.Linear([3, 10], fromZero: true);

        Assert.Equal(0, scale.Share(0));
        Assert.Equal(0.3, scale.Share(3), 9);
        Assert.Equal(0.8, scale.Share(8), 9);
        Assert.Equal(1, scale.Share(99));
        Assert.True(double.IsNaN(scale.Share(double.NaN)));
    }

    [Fact]
    public void Ladder_HasATickPerBudgetAndEqualRoomPerFactor()
    {
        var scale = Scale.Steps([576, 144, 64, 36, 16, 4, 1]);

        Assert.Equal([1, 4, 16, 36, 64, 144, 576], scale.Ticks);
        Assert.Equal(scale.Share(4) - scale.Share(1), scale.Share(576) - scale.Share(144), 9);
    }
}
