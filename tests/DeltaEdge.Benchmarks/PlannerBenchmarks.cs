using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Benchmarks;

/// <summary>
/// One tick of the slow loop over 4 workers that report 32 different cells each, which stand for 1,000 streams or any number. It runs every
/// 250 ms and may take 1 % of a core: 2.5 ms.
/// </summary>
[MemoryDiagnoser]
public class PlannerBenchmarks
{
    private readonly BudgetPlanner _planner = new(TokenLadder.Default, SlaCatalog.Default, new ControllerOptions());
    private ImmutableArray<WorkerReport> _reports = [];
    private PlannerState _state;

    /// <summary>Offered load over what the fleet can serve at the largest budget: fits, and has to be brought down.</summary>
    [Params(0.5, 2)]
    public double Load { get; set; }

    /// <summary>Price to start from: of full budgets, and of a fleet that has gone down and looks for a way up.</summary>
    [Params(0, 20)]
    public double Price { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        string[] classes = ["priority", "default", "flex"];
        _reports = [.. Enumerable.Range(0, 4).Select(worker => new WorkerReport
        {
            WorkerId = $"w{worker}",
            Address = $"http://w{worker}:8081",
            Model = "nano",
            Sequence = 1,
            Profile = new LatencyProfile
            {
                Ladder = TokenLadder.Default,
                FrameSeconds = 0.0002,
                PrefixSeconds = [0.00085, 0.0002, 0.0001, 0.00007, 0.00005, 0.00004, 0.00003],
                QuestionSeconds = 0.00003,
                DecodeStepSeconds = [0.000015, 0.00002, 0.00003, 0.00005],
                Correction = 1 + (worker / 10.0),
            },
            Demand = [.. Enumerable.Range(0, 32).Select(cell => new DemandCell
            {
                SlaClass = classes[cell % 3],
                Range = new(1, 576),
                FramesPerSecond = Load / 0.0012 / 32,
                QuestionsPerSecond = Load / 0.0012 / 32,
                Values = [.. TokenLadder.Default.Budgets.Select(k => 0.4 + (0.5 * Math.Pow(k / 576.0, 0.1 + random.NextDouble())))],
            })],
        })];
        _state = new(Price, Version: 1);
    }

    [Benchmark]
    public BudgetPlan Next() => _planner.Next(_state, _reports, TimeSpan.FromSeconds(1)).Plan;
}
