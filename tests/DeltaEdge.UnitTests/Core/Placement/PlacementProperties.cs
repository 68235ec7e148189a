using DeltaEdge.Core.Placement;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Placement;

/// <summary>What holds for any fleet.</summary>
public sealed class PlacementProperties
{
    private static readonly double[] Weights = [0.5, 1, 1.4142135623730951, 2, 8];

    private static readonly Gen<(PlacementWorker[] Workers, int Streams, int Seed)> Fleets =
        from count in Gen.Choose(1, 7)
        from weights in Gen.Elements(Weights).ArrayOf(count)
        from rooms in Gen.Choose(1, 40).ArrayOf(count)
        from streams in Gen.Choose(0, 60)
        from seed in Gen.Choose(0, int.MaxValue)
        select (weights.Select((w, i) => new PlacementWorker($"w{i}", w, rooms[i], Draining: false)).ToArray(), streams, seed);

    [Fact]
    public void EveryStreamRuns_IfThereIsRoom() => Check((fleet, workers, streams) =>
    {
        fleet.Settle();
        Assert.Equal(Math.Min(streams, workers.Sum(w => w.MaxStreams)), fleet.Owners.Values.Count(o => o is not null));
        Assert.All(workers, w => Assert.InRange(fleet.Count(w.Id), 0, w.MaxStreams));
    });

    [Fact]
    public void WhereRoomDoesNotBind_NobodyHasMuchMoreThanItsShare() => Check((fleet, _, _) =>
    {
        Unbind(fleet);
        fleet.Settle();
        Assert.All(fleet.Workers, w => Assert.InRange(fleet.Count(w.Id), 0, fleet.Cap(w)));
    });

    /// <summary>Where room does not bind: a worker that others' lack of room gave too much hands it on once there is somewhere to.</summary>
    [Fact]
    public void LostWorker_MovesItsOwnStreamsOnly() => Check((fleet, workers, _) =>
    {
        Unbind(fleet);
        fleet.Settle();
        var before = fleet.Owners.ToDictionary();
        fleet.Lose(workers[0].Id);

        Assert.Empty(fleet.Settle());
        Assert.All(before.Where(o => o.Value is not null && o.Value != workers[0].Id), o => Assert.Equal(o.Value, fleet.Owners[o.Key]));
    });

    [Fact]
    public void NewWorker_MovesAtMostWhatItMayHave() => Check((fleet, _, _) =>
    {
        Unbind(fleet);
        fleet.Settle();
        var newcomer = new PlacementWorker("newcomer", 1, 1000, Draining: false);
        fleet.Workers.Add(newcomer);

        var moved = fleet.Settle();

        Assert.Equal(moved.Count, moved.Distinct().Count());
        Assert.InRange(moved.Count, 0, fleet.Cap(newcomer) + fleet.Workers.Count); // Each worker's bound rounds up.
        Assert.All(fleet.Workers, w => Assert.InRange(fleet.Count(w.Id), 0, fleet.Cap(w)));
    });

    [Fact]
    public void WorkerThatDrains_IsGivenNothingAndKeepsWhatItHas() => Check((fleet, workers, _) =>
    {
        fleet.Workers[0] = workers[0] with { Draining = true };
        fleet.Settle();
        Assert.Equal(0, fleet.Count(workers[0].Id));
    });

    [Fact]
    public void FirstChoiceThatDoesNotClaim_IsFollowedByTheNext() => Check((fleet, workers, streams) =>
    {
        Unbind(fleet);
        var claimed = fleet.Workers.ToDictionary(w => w.Id, w => fleet.Decide(w.Id).Claims);
        Assert.Equal(streams, claimed.Values.Sum(c => c.Length));

        var late = fleet.Workers.ToDictionary(w => w.Id, w => fleet.Decide(w.Id, unownedSeconds: 2).Claims);
        Assert.Equal(streams * Math.Min(2, workers.Length), late.Values.Sum(c => c.Length));
        Assert.All(claimed, c => Assert.Subset(late[c.Key].ToHashSet(), c.Value.ToHashSet()));
    });

    private static void Unbind(SimulatedFleet fleet)
    {
        for (var i = 0; i < fleet.Workers.Count; i++)
        {
            fleet.Workers[i] = fleet.Workers[i] with { MaxStreams = 1000 };
        }
    }

    private static void Check(Action<SimulatedFleet, PlacementWorker[], int> holds) => Prop.ForAll(Fleets.ToArbitrary(), f =>
    {
        holds(new SimulatedFleet(f.Workers, f.Streams, new Random(f.Seed)), f.Workers, f.Streams);
    }).QuickCheckThrowOnFailure();
}
