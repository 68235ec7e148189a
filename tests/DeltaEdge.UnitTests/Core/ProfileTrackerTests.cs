using DeltaEdge.UnitTests.Inference;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Inference.Profiling;

namespace DeltaEdge.UnitTests.Core;

public sealed class ProfileTrackerTests
{
    private readonly ProfileTracker _tracker = new(Asks.Profile);

    [Fact]
    public void PredictionsHold_NothingChanges()
    {
        Observe(50, 0.1, 0.1);
        Assert.Same(Asks.Profile, _tracker.Current);
    }

    [Fact]
    public void MachineSlows_CorrectionFollows()
    {
        Observe(100, 0.1, 0.15);
        Assert.Equal(1.5, _tracker.Current.Correction, 0.05);
        Assert.Equal(1.5 * Asks.Profile.PredictGroup(0, false, 1, 2), _tracker.Current.PredictGroup(0, false, 1, 2), 0.01);
        Observe(100, 0.1, 0.1);
        Assert.Equal(1, _tracker.Current.Correction, 0.05);
    }

    [Theory]
    [InlineData(100, ProfileTracker.Highest)]
    [InlineData(0.001, ProfileTracker.Lowest)]
    public void Correction_IsBounded(double factor, double expected)
    {
        Observe(1000, 0.01, 0.01 * factor);
        Assert.Equal(expected, _tracker.Current.Correction, 0.02 * expected);
    }

    [Fact]
    public void OneStall_IsForgotten()
    {
        _tracker.Observe(0.001, 60);
        Assert.InRange(_tracker.Current.Correction, 1, 1.1);
    }

    [Fact]
    public void NothingPredicted_IsIgnored()
    {
        Observe(10, 0, 1);
        Assert.Same(Asks.Profile, _tracker.Current);
    }

    private void Observe(int times, double predicted, double observed)
    {
        for (var i = 0; i < times; i++)
        {
            _tracker.Observe(predicted, observed);
        }
    }
}
