using DeltaEdge.ModelCompiler.Numerics;

namespace DeltaEdge.UnitTests.ModelCompiler;

public sealed class LinearTests
{
    // (out 2, in 3)
    private readonly Linear _first = new(new Matrix([1, 2, 3, 4, 5, 6], 2, 3), [10, 20]);
    private readonly Linear _second = new(new Matrix([1, -1, 2, 0], 2, 2), [1, 2]);
    private readonly float[] _x = [0.5f, -1, 2];

    [Fact]
    public void Then_EqualsOneAfterTheOther() => Assert.Equal(Apply(_second, Apply(_first, _x)), Apply(_first.Then(_second), _x));

    [Fact]
    public void Then_WithoutFirstBias_KeepsTheSecond()
    {
        var first = _first with { Bias = null };
        Assert.Equal(Apply(_second, Apply(first, _x)), Apply(first.Then(_second), _x));
    }

    [Fact]
    public void AfterNorm_EqualsScalingAndShiftingItsInput()
    {
        var norm = new Norm([2, 3, 4], [1, -1, 0.5f], 1e-6f);
        float[] scaled = [.. _x.Select((v, i) => (v * norm.Scale[i]) + norm.Shift[i])];
        Assert.Equal(Apply(_first, scaled), Apply(_first.After(norm), _x));
    }

    [Fact]
    public void Scaled_MultipliesEachOutput() => Assert.Equal(Apply(_first, _x).Zip([3f, -2f], (y, f) => y * f), Apply(_first.Scaled([3, -2]), _x));

    [Fact]
    public void Slice_OfAPack_IsThePart()
    {
        var slice = Linear.Pack(_first, _first.Scaled([2, 2])).Slice(2, 2);
        Assert.Equal(Apply(_first, _x).Select(y => 2 * y), Apply(slice, _x));
    }

    [Fact]
    public void Transposed_SwapsRowsAndColumns()
    {
        var matrix = new Matrix([.. Enumerable.Range(0, 35 * 70).Select(i => (float)i)], 35, 70);
        var transposed = matrix.Transposed();
        Assert.Equal((70, 35), (transposed.Rows, transposed.Columns));
        Assert.Equal(matrix[34, 69], transposed[69, 34]);
        Assert.Equal(matrix[3, 40], transposed[40, 3]);
        Assert.Equal(matrix.Values, transposed.Transposed().Values);
    }

    private static float[] Apply(Linear linear, float[] x) =>
        [.. (linear.Weight * x).Select((y, i) => y + (linear.Bias?[i] ?? 0))];
}
