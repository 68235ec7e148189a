using BenchmarkDotNet.Attributes;
using DeltaEdge.Core.Planning.Allocation;

namespace DeltaEdge.Benchmarks;

/// <summary>Budgets for a million streams. The goals are 1 s from scratch and 10 ms after 10,000 streams changed.</summary>
[MemoryDiagnoser]
public class AllocatorBenchmarks
{
    private const int Streams = 1_000_000;
    private const int Changes = 10_000;

    private static readonly double[] Seconds = [0.085, 0.02, 0.01, 0.007, 0.005, 0.004, 0.003];

    private double[][] _curves = [];
    private readonly int[] _order = new int[Streams];
    private BudgetAllocator _allocator = new(Seconds.Length);
    private int _next;

    /// <summary>Different curves among the streams. With one, every stream is at the same price, and all ties are broken one by one.</summary>
    [Params(1, 4096)]
    public int Curves { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _curves = new double[Curves][];
        for (var i = 0; i < _curves.Length; i++)
        {
            var power = 0.1 + random.NextDouble();
            _curves[i] = [.. Enumerable.Range(0, Seconds.Length).Select(rung => 0.4 + (0.5 * Math.Pow(1 - (rung / 7.0), power)))];
        }

        for (var i = 0; i < Streams; i++)
        {
            _order[i] = i;
        }

        random.Shuffle(_order);
        _allocator = Filled();
    }

    [Benchmark]
    public AllocatedLoad FromScratch() => Filled().Plan(EngineSeconds);

    /// <summary>10,000 streams anywhere among the million get another rate and curve, and all are planned anew.</summary>
    [Benchmark]
    public AllocatedLoad AfterChanges()
    {
        for (var i = 0; i < Changes; i++)
        {
            _next = (_next + 1) % Streams;
            _allocator.Change(_order[_next], Demand(_order[_next], _next));
        }

        return _allocator.Plan(EngineSeconds);
    }

    /// <summary>Half of what all would need at the largest budget.</summary>
    private static double EngineSeconds => 0.5 * Streams * 2.5 * (Seconds[0] + 0.03);

    private BudgetAllocator Filled()
    {
        var allocator = new BudgetAllocator(Seconds.Length, Streams);
        for (var i = 0; i < Streams; i++)
        {
            allocator.Add(Demand(i, i));
        }

        return allocator;
    }

    private StreamDemand Demand(int stream, int version) => new()
    {
        Values = _curves[(stream + version) % _curves.Length],
        Seconds = Seconds,
        FramesPerSecond = 1 + (version % 4),
        FixedSeconds = 0.03,
        First = 0,
        Last = Seconds.Length - 1,
    };
}
