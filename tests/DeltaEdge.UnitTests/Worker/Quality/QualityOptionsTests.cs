using DeltaEdge.Core.Quality;
using DeltaEdge.Worker.Quality;

namespace DeltaEdge.UnitTests.Worker.Quality;

public sealed class QualityOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.True(new QualityOptionsValidator().Validate(null, new QualityOptions()).Succeeded);

    [Theory]
    [InlineData(-0.1, 0.25, 5000)]
    [InlineData(1, 0.25, 5000)]
    [InlineData(0.1, 0, 5000)]
    [InlineData(0.1, 0.25, 0)]
    public void OutOfRange_IsRefused(double maxLoss, double share, int maxAgeMs) =>
        Assert.True(new QualityOptionsValidator().Validate(null, new QualityOptions { MaxLoss = maxLoss, ProbeShare = share, ProbeMaxAgeMs = maxAgeMs }).Failed);
}
