using DeltaEdge.Evaluation.Statistics;

namespace DeltaEdge.UnitTests.Evaluation.Statistics;

public sealed class SmallSampleTests
{
    /// <summary>Normal distribution function at minus sqrt(n / (n - 1)) times the 97.5 % quantile of Student's t with n - 1 degrees, from tables.</summary>
    [Theory]
    [InlineData(11, 0.00972)]
    [InlineData(21, 0.01627)]
    [InlineData(61, 0.02184)]
    [InlineData(1_000_001, 0.025)]
    public void Tail_IsCutFurtherOutTheFewerValuesThereAre(int values, double expected) => Assert.Equal(expected, SmallSample.Tail(values), 0.0001);
}
