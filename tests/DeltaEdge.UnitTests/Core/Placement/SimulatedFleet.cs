using DeltaEdge.Core.Placement;

namespace DeltaEdge.UnitTests.Core.Placement;

/// <summary>Workers that all decide, turn by turn, on what they see, with nothing between them but the owners.</summary>
internal sealed class SimulatedFleet(IEnumerable<PlacementWorker> workers, int streams, Random random)
{
    private static readonly PlacementRules Rules = new();

    public List<PlacementWorker> Workers { get; } = [.. workers];

    public Dictionary<string, string?> Owners { get; } = Enumerable.Range(0, streams).ToDictionary(i => $"cam-{i}", _ => (string?)null);

    public int Cap(PlacementWorker worker) =>
        (int)Math.Ceiling((1 + Rules.Margin) * Owners.Count * worker.Weight / Workers.Where(w => !w.Draining).Sum(w => w.Weight));

    public int Count(string worker) => Owners.Values.Count(o => o == worker);

    public void Lose(string worker)
    {
        Workers.RemoveAll(w => w.Id == worker);
        foreach (var stream in Owners.Where(o => o.Value == worker).Select(o => o.Key).ToList())
        {
            Owners[stream] = null;
        }
    }

    /// <summary>Turns until nobody wants anything; the streams that changed hands on the way, once for each change.</summary>
    public List<string> Settle()
    {
        var moved = new List<string>();
        for (var turn = 0; turn < 10 * (Owners.Count + 1); turn++)
        {
            var isQuiet = true;
            foreach (var worker in Workers)
            {
                var decision = Decide(worker.Id);
                isQuiet &= decision.Claims.IsEmpty && decision.Releases.IsEmpty;
                foreach (var stream in decision.Claims)
                {
                    Assert.Null(Owners[stream]);
                    Owners[stream] = worker.Id;
                }

                foreach (var stream in decision.Releases)
                {
                    Assert.Equal(worker.Id, Owners[stream]);
                    Owners[stream] = null;
                    moved.Add(stream);
                }
            }

            if (isQuiet)
            {
                return moved;
            }
        }

        throw new Xunit.Sdk.XunitException("The fleet does not come to rest.");
    }

    /// <summary>What a worker decides; workers and streams in whatever order they come.</summary>
    public PlacementDecision Decide(string self, double unownedSeconds = 0)
    {
        PlacementWorker[] workers = [.. Workers];
        StreamPlace[] streams = [.. Owners.Select(o => new StreamPlace(o.Key, o.Value, TimeSpan.FromSeconds(unownedSeconds)))];
        random.Shuffle(workers);
        random.Shuffle(streams);
        return DeltaEdge.Core.Placement.Placement.Decide(self, workers, streams, TimeSpan.FromHours(1), Rules);
    }
}
