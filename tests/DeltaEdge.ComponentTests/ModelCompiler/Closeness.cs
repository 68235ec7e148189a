namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>The bound: largest difference over largest magnitude at most 1e-4.</summary>
internal static class Closeness
{
    public const double Limit = 1e-4;

    public static double RelativeError(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = 0, magnitude = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(float.IsFinite(actual[i]), $"Element {i} is {actual[i]}.");
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
            magnitude = Math.Max(magnitude, Math.Abs(expected[i]));
        }

        return difference / magnitude;
    }

    public static void AssertClose(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double limit = Limit)
    {
        var error = RelativeError(expected, actual);
        Assert.True(error <= limit, $"{what}: relative error {error:e2}, allowed {limit:e0}.");
    }
}
