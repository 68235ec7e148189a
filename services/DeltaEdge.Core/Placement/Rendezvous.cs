using DeltaEdge.Core.Streams;

namespace DeltaEdge.Core.Placement;

/// <summary>
/// How much a stream prefers a worker, the same in every process. Each pair draws its own number, so a worker that comes or goes
/// changes nothing between the others; a worker is a stream's first choice with a probability in proportion to its weight
/// (weighted rendezvous hashing: Thaler and Ravishankar 1998, Schindelhauer and Schomaker 2005).
/// </summary>
public static class Rendezvous
{
    /// <returns>The higher, the more preferred.</returns>
    public static double Score(string streamId, PlacementWorker worker)
    {
        var mixed = Mix(StreamIds.KeyOf(streamId) ^ Mix(StreamIds.KeyOf(worker.Id)));
        var uniform = ((mixed >> 11) + 0.5) / (1UL << 53); // In (0, 1), never an end.
        return -worker.Weight / Math.Log(uniform);
    }

    /// <summary>The finaliser of SplitMix64: every bit of the result depends on every bit that went in.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
