using DeltaEdge.ModelCompiler.Numerics;

namespace DeltaEdge.UnitTests.ModelCompiler;

public sealed class RotaryTableTests
{
    [Fact]
    public void Table_TurnsEachPairByItsFrequency()
    {
        // Head size 4, θ 10000: angles p and p / 100.
        var table = RotaryTable.Make(3, 4, 10000);
        Assert.Equal((3, 2), (table.Positions, table.Half));
        Assert.Equal([1f, 1f], table.Cosines[..2]);
        Assert.Equal(Math.Cos(2), table.Cosines[4], 1e-6);
        Assert.Equal(Math.Sin(0.02), table.Sines[5], 1e-6);
    }
}
