using DeltaEdge.Core.Policies;
using BenchmarkDotNet.Attributes;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Benchmarks;

/// <summary>One decision of the fast loop, by how many groups wait. The goal is 5 µs.</summary>
[MemoryDiagnoser]
public class DispatchBenchmarks
{
    private readonly MarginalPolicy _policy = new();
    private readonly LatencyProfile _profile = NanoTimes.Profile();

    private PendingGroup[] _queue = [];

    [Params(1, 8, 64)]
    public int Waiting { get; set; }

    // Deadlines that only a small budget meets: the decision has to walk down the ladder.
    [GlobalSetup]
    public void Setup() => _queue = [.. Enumerable.Range(1, Waiting).Select(i => new PendingGroup(TimeSpan.FromSeconds(0.045 * i), new BudgetRange(1, 576), false, 2, 2, Values: NanoTimes.Values))];

    [Benchmark]
    public BudgetDecision Choose() => _policy.Choose(new DispatchSituation { Now = TimeSpan.Zero, Queue = _queue, Profile = _profile, ActiveRows = 2 });
}
