using DeltaEdge.ModelCompiler;
using DeltaEdge.ModelCompiler.Numerics;

namespace DeltaEdge.UnitTests.ModelCompiler;

public sealed class PositionTableTests
{
    [Fact]
    public void SinCos_FirstHalfIsTheColumnSecondTheRow()
    {
        // Width 8, grid 2: frequencies 1 and 1/100 per half, sines then cosines.
        var table = PositionTable.SinCos(8, 2);
        AssertRow([0, 0, 1, 1, 0, 0, 1, 1], table, 0); // row 0, column 0
        AssertRow([0.841471f, 0.0099998f, 0.540302f, 0.99995f, 0, 0, 1, 1], table, 1); // row 0, column 1
        AssertRow([0, 0, 1, 1, 0.841471f, 0.0099998f, 0.540302f, 0.99995f], table, 2); // row 1, column 0
    }

    [Fact]
    public void WidthNotDivisibleByFour_IsRefused() => Assert.Throws<ModelPackageException>(() => PositionTable.SinCos(6, 2));

    [Fact]
    public void EvenRatio_WeighsFourCellsAroundTheMiddle()
    {
        var (cells, weights) = PositionTable.Taps(1, grid: 24, side: 12);
        Assert.Equal([1, 2, 3, 4], cells);
        AssertRow([-0.09375f, 0.59375f, 0.59375f, -0.09375f], weights);
    }

    [Fact]
    public void OddRatio_ReadsTheCentreCellAlone()
    {
        var (cells, weights) = PositionTable.Taps(2, grid: 24, side: 8);
        Assert.Equal(7, cells[1]);
        AssertRow([0, 1, 0, 0], weights);
    }

    [Fact]
    public void CellsBeyondTheEdge_AreTheEdge()
    {
        Assert.Equal([0, 0, 1, 2], PositionTable.Taps(0, grid: 4, side: 2).Cells);
        Assert.Equal([1, 2, 3, 3], PositionTable.Taps(1, grid: 4, side: 2).Cells);
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(24, 12)]
    [InlineData(24, 8)]
    [InlineData(24, 6)]
    [InlineData(24, 1)]
    public void Weights_SumToOne(int grid, int side)
    {
        for (var i = 0; i < side; i++)
        {
            Assert.Equal(1, PositionTable.Taps(i, grid, side).Weights.Sum(), 9);
        }
    }

    [Fact]
    public void Resample_ToOneCell_WeighsTheMiddleOfTheGrid()
    {
        // Grid 2 of one channel 1 2 / 3 4: both axes read (edge, first, second, edge) with the weights of t = 1/2, so
        // each cell counts 1/4.
        Assert.Equal([2.5f], PositionTable.Resample([1, 2, 3, 4], width: 1, grid: 2, side: 1));
    }

    [Fact]
    public void Resample_OfAConstant_IsThatConstant() =>
        Assert.All(PositionTable.Resample([.. Enumerable.Repeat(3f, 144)], width: 1, grid: 12, side: 4), v => Assert.Equal(3f, v, 1e-6f));

    private static void AssertRow(float[] expected, float[] table, int row) =>
        AssertRow(expected, [.. table.Skip(row * expected.Length).Take(expected.Length).Select(v => (double)v)]);

    private static void AssertRow(float[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }
}
