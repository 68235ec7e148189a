using DeltaEdge.Core.Placement;

namespace DeltaEdge.UnitTests.Core.Placement;

public sealed class RendezvousTests
{
    [Fact]
    public void FirstChoices_AreSharedByWeight()
    {
        PlacementWorker[] workers = [new("small", 1, 1, false), new("large", 3, 1, false)];
        var large = Enumerable.Range(0, 10_000).Count(i => workers.MaxBy(w => Rendezvous.Score($"camera-{i}", w))!.Id == "large");
        Assert.InRange(large, 7300, 7700); // 7500 of 10 000, five standard deviations either way.
    }

    [Fact]
    public void Score_IsTheSameInEveryProcess() =>
        Assert.Equal(0.559729, Rendezvous.Score("carpark", new PlacementWorker("w1", 1, 1, false)), 6);

    [Fact]
    public void Weight_IgnoresCorrectionsAndSmallDifferences()
    {
        var profile = Reports.Profile();
        Assert.Equal(WorkerWeight.Of(profile), WorkerWeight.Of(profile with { Correction = 3 }));
        Assert.Equal(2, WorkerWeight.Of(Reports.Profile(0.5)) / WorkerWeight.Of(profile), 6);
        Assert.InRange(WorkerWeight.Of(Reports.Profile(1.05)) / WorkerWeight.Of(profile), 0.70, 1);
    }
}
