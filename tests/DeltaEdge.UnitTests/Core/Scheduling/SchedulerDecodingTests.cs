using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.UnitTests.Inference;

namespace DeltaEdge.UnitTests.Core.Scheduling;

/// <summary>What runs while a row decodes that has one step left, 1 ms.</summary>
public sealed class SchedulerDecodingTests
{
    private readonly HashSet<UInt128> _cached = [];
    private readonly ActiveRows _active = new(2);
    private readonly Scheduler _scheduler;

    public SchedulerDecodingTests() =>
        _scheduler = new(new MarginalPolicy(), new PlanHolder(), new ProfileTracker(Asks.Profile), _active, _cached.Contains, new SchedulerOptions());

    [Fact]
    public void ActiveRow_DecodesBeforeNewWork()
    {
        Activate(dueMs: 30); // Too soon to gather more rows first.
        Admit(1);
        Assert.All(Enumerable.Range(0, 8), _ => Assert.Equal(StepKind.Decode, Plan().Kind));
        Assert.Equal(StepKind.Encode, Plan().Kind);
    }

    [Fact]
    public void StepsWhileNobodyWaits_AreNoBurst()
    {
        Activate(dueMs: 30);
        Assert.All(Enumerable.Range(0, 8), _ => Assert.Equal(StepKind.Decode, Plan().Kind));
        Admit(1);
        Assert.Equal(StepKind.Decode, Plan().Kind);
    }

    [Fact]
    public void GatheredRow_CostsNoActiveRowItsDeadline()
    {
        Activate(dueMs: 60);
        _cached.Add(1);
        Admit(1);
        var gathered = Plan();
        Assert.Equal((StepKind.Prefill, 64), (gathered.Kind, gathered.Decision.Budget));
    }

    private void Activate(double dueMs)
    {
        var row = Asks.Create(9, dueMs);
        row.Answer = new int[4];
        row.AnswerLength = 1;
        _active.Add(row);
    }

    private void Admit(int frame) => Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(Asks.Create(frame, 60_000), TimeSpan.Zero).Verdict);

    private StepPlan Plan() => _scheduler.Plan(TimeSpan.Zero, [], []);
}
