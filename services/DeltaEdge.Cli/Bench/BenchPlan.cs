using System.Collections.Immutable;

namespace DeltaEdge.Cli.Bench;

/// <summary>What is to be run: every policy on every workload and seed. Kept beside the results, so that a bench that stopped goes on with the same.</summary>
/// <param name="Policies">Variants by name.</param>
/// <param name="Workloads">Workloads by name.</param>
/// <param name="Seeds">Seeds 1 to this.</param>
/// <param name="Seconds">Length of each run.</param>
/// <param name="CapacityPerSecond">Load 1 in asks per second.</param>
/// <param name="Subject">What is measured; null in a plan of before that was kept.</param>
/// <param name="Workers">Workers of the system, for workloads that take some away.</param>
internal sealed record BenchPlan(
    ImmutableArray<string> Policies, ImmutableArray<string> Workloads, int Seeds, double Seconds, double CapacityPerSecond, BenchSubject? Subject, int Workers = 1)
{
    /// <summary>
    /// All runs. The policies of one workload and seed follow each other closely, in an order of their own each time, so that a
    /// machine that changes its speed meets all of them alike.
    /// </summary>
    public IEnumerable<BenchRun> Runs()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            foreach (var workload in Workloads)
            {
                var order = Policies.ToArray();
                new Random((seed * 1000) + Workloads.IndexOf(workload)).Shuffle(order);
                foreach (var policy in order)
                {
                    yield return new(policy, workload, seed);
                }
            }
        }
    }
}
