using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Statistics;

/// <summary>
/// How sure the difference of two policies is, by a paired block bootstrap (Efron's percentile interval over blocks of time, after
/// Künsch, 1989).
/// <para>
/// Asks are not independent: those of one burst share a queue, whatever stream they come from, and the queue outlives the burst. So a
/// block is everything that was captured in some seconds of one seed, all streams together, under both policies; blocks are drawn
/// whole, and both policies always from the same ones. A block is 5 s long, longer than a burst, a deadline and the slow loop's
/// period, or shorter if there would be fewer than 20 blocks, down to 1 s. The percentiles are moved outwards for how few blocks there
/// are. With a changing load the blocks differ by more than chance; the interval is then rather too wide than too narrow.
/// </para>
/// </summary>
public static class PairedBootstrap
{
    private const int Resamples = 2000;
    private const double LongestBlock = 5;
    private const double ShortestBlock = 1;
    private const int WantedBlocks = 20;

    /// <summary>Difference in useful answers over all runs together, with its 95 % interval. The same runs always give the same.</summary>
    /// <param name="policy">One run per seed of one workload.</param>
    /// <param name="baseline">Runs on the same workloads, in the same order.</param>
    /// <exception cref="ArgumentException">No runs, runs that are not pairs, or runs of more than one workload.</exception>
    public static Comparison Compare(IReadOnlyList<PolicyRun> policy, IReadOnlyList<PolicyRun> baseline)
    {
        if (policy.Count == 0 || policy.Count != baseline.Count)
        {
            throw new ArgumentException($"There are {policy.Count} runs against {baseline.Count}; wanted are pairs, at least one.", nameof(baseline));
        }

        var blocks = new List<Block>();
        var seconds = policy.Sum(r => r.Workload.DurationSeconds);
        var length = Math.Clamp(seconds / WantedBlocks, ShortestBlock, LongestBlock);
        for (var i = 0; i < policy.Count; i++)
        {
            CheckPair(policy[i], baseline[i]);
            if (policy[i].Workload.Name != policy[0].Workload.Name)
            {
                throw new ArgumentException($"{policy[0].Workload.Name} and {policy[i].Workload.Name} are not seeds of one workload.", nameof(policy));
            }

            blocks.AddRange(Blocks(policy[i], baseline[i], length));
        }

        var differences = Resample(blocks, new Draws(blocks.Count, "bootstrap"));
        var tail = SmallSample.Tail(blocks.Count);
        return new(
            policy[0].Workload.Name,
            policy[0].Policy,
            baseline[0].Policy,
            Difference(blocks),
            Percentile.NearestRank(differences, tail),
            Percentile.NearestRank(differences, 1 - tail));
    }

    private static void CheckPair(PolicyRun policy, PolicyRun baseline)
    {
        var (a, b) = (policy.Workload, baseline.Workload);
        if (a.Name != b.Name || a.Seed != b.Seed || !a.Arrivals.AsSpan().SequenceEqual(b.Arrivals.AsSpan()))
        {
            throw new ArgumentException($"{policy.Policy} ran on {a.Name} with seed {a.Seed}, {baseline.Policy} on {b.Name} with seed {b.Seed}: not the same arrivals.");
        }

        if (policy.Asks.Length != baseline.Asks.Length)
        {
            throw new ArgumentException($"{policy.Policy} has {policy.Asks.Length} asks on {a.Name}, {baseline.Policy} has {baseline.Asks.Length}: not pairs.");
        }

        for (var i = 0; i < policy.Asks.Length; i++)
        {
            if (policy.Asks[i].Arrival != baseline.Asks[i].Arrival || policy.Asks[i].Question != baseline.Asks[i].Question)
            {
                throw new ArgumentException($"Ask {i} of {policy.Policy} and {baseline.Policy} on {a.Name} is not the same question.");
            }
        }
    }

    private static Block[] Blocks(PolicyRun policy, PolicyRun baseline, double length)
    {
        var workload = policy.Workload;
        var blocks = new Block[Math.Max(1, (int)Math.Ceiling(workload.DurationSeconds / length))];
        for (var i = 0; i < policy.Asks.Length; i++)
        {
            var index = (int)(workload.Arrivals[policy.Asks[i].Arrival].AtSeconds / length);
            ref var block = ref blocks[Math.Clamp(index, 0, blocks.Length - 1)];
            block.Policy.Add(policy.Asks[i]);
            block.Baseline.Add(baseline.Asks[i]);
        }

        return blocks;
    }

    /// <summary>Differences of resampled runs, rising.</summary>
    private static double[] Resample(List<Block> blocks, Draws draws)
    {
        var differences = new double[Resamples];
        var drawn = new Block[blocks.Count];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < drawn.Length; j++)
            {
                drawn[j] = blocks[draws.Below(blocks.Count)];
            }

            differences[i] = Difference(drawn);
        }

        Array.Sort(differences);
        return differences;
    }

    private static double Difference(IEnumerable<Block> blocks)
    {
        var (policy, baseline) = (new Tally(), new Tally());
        foreach (var block in blocks)
        {
            policy.Add(block.Policy);
            baseline.Add(block.Baseline);
        }

        return Share(policy) - Share(baseline);
    }

    private static double Share(in Tally tally) => tally.Asks == 0 ? 0 : tally.UsefulShare;

    private struct Block
    {
        public Tally Policy;
        public Tally Baseline;
    }
}
