using BenchmarkDotNet.Attributes;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;

namespace DeltaEdge.Benchmarks;

/// <summary>Who gives way, by how many groups wait: when all can be on time, and when half of them cannot. The engine asks before every step.</summary>
[MemoryDiagnoser]
public class YieldBenchmarks
{
    private const double MeanSeconds = 0.03;

    private readonly LatencyProfile _profile = NanoTimes.Profile();

    private PendingGroup[] _queue = [];
    private bool[] _yields = [];
    private GroupWorth[] _worths = [];

    [Params(1, 8, 64, 256)]
    public int Waiting { get; set; }

    [Params(false, true)]
    public bool Overload { get; set; }

    /// <summary>Groups of one to three questions, with time for all or for half of them.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var each = (Overload ? 0.5 : 2) * MeanSeconds;
        _queue = [.. Enumerable.Range(1, Waiting).Select(i => new PendingGroup(TimeSpan.FromSeconds(0.1 + (each * i)), new BudgetRange(1, 576), false, 1 + (i % 3), 2, Values: [.. NanoTimes.Values.Select(v => v * (1 + (i % 3)))]))];
        (_yields, _worths) = (new bool[Waiting], new GroupWorth[Waiting]);
    }

    [Benchmark]
    public bool Mark() => YieldRule.Mark(_profile, TimeSpan.Zero, 0, _queue, _yields, _worths);
}
