using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Planning;
using DeltaEdge.Inference.Profiling;
using DeltaEdge.Inference.Scheduling;

namespace DeltaEdge.UnitTests.Inference.Scheduling;

/// <summary>Plans and admissions as pure arithmetic: no model, no thread, no clock.</summary>
public sealed class SchedulerTests
{
    private readonly HashSet<UInt128> _cached = [];
    private readonly ActiveRows _active = new(2);
    private readonly PlanHolder _plans = new();
    private readonly List<Ask> _expired = [];
    private readonly Scheduler _scheduler;

    public SchedulerTests() => _scheduler = Create(queueLimit: 256);

    [Fact]
    public void Empty_IsIdle() => Assert.Equal(StepKind.Idle, Plan(0).Kind);

    [Fact]
    public void UnknownFrame_IsEncodedBeforeItsBudgetIsChosen()
    {
        Admit(1, 1000);
        var encode = Plan(0);
        Assert.Equal((StepKind.Encode, (UInt128)1), (encode.Kind, encode.Group!.Key.Frame));
        _cached.Add(1);
        var prefill = Plan(10);
        Assert.Equal((StepKind.Prefill, 576), (prefill.Kind, prefill.Decision.Budget));
        Assert.Equal(576, _scheduler.LastBudget);
    }

    [Fact]
    public void ActiveRow_DecodesBeforeNewWork()
    {
        var row = Asks.Create(9, 1000);
        row.Answer = new int[4];
        row.AnswerLength = 1;
        _active.Add(row);
        Admit(1, 1000);
        Assert.Equal(StepKind.Decode, Plan(0).Kind);
        _scheduler.StepsSincePrefill = 8;
        Assert.Equal(StepKind.Encode, Plan(0).Kind);
    }

    [Fact]
    public void Expired_AreHandedBack()
    {
        var ask = Admit(1, 100);
        Assert.Equal(StepKind.Idle, Plan(100).Kind);
        Assert.Equal([ask], _expired);
        Assert.Equal(0, _scheduler.QueueDepth);
    }

    [Fact]
    public void HopelessGroup_GoesBehindThoseThatCanBeOnTime()
    {
        Admit(1, 1010);
        Admit(2, 5000);
        Assert.Equal((UInt128)2, Plan(1000).Group!.Key.Frame);
        Assert.Equal((UInt128)1, Plan(900).Group!.Key.Frame);
    }

    [Fact]
    public void LoadBehindTheHead_LowersItsBudget()
    {
        _cached.UnionWith(Enumerable.Range(1, 4).Select(i => (UInt128)i));
        for (var frame = 1; frame <= 4; frame++)
        {
            Admit(frame, 200);
        }

        var decision = Plan(0).Decision;
        Assert.Equal(DegradedReason.Load, decision.Reason);
        Assert.InRange(decision.Budget, 1, 144);
    }

    [Fact]
    public void PlansCeiling_IsLoadNotClass()
    {
        _cached.Add(1);
        _plans.Apply(CeilingOf(36), TimeSpan.Zero);
        Admit(1, 60_000);
        Assert.Equal((36, DegradedReason.Load), (Plan(10).Decision.Budget, Plan(10).Decision.Reason));
        Assert.Equal(576, Plan(1000).Decision.Budget); // The plan is stale.
    }

    [Fact]
    public void RequestsCeiling_IsClass()
    {
        _cached.Add(1);
        Admit(1, 60_000, ceiling: 64);
        Assert.Equal((64, DegradedReason.Class), (Plan(0).Decision.Budget, Plan(0).Decision.Reason));
    }

    [Fact]
    public void BacklogAtFloors_DecidesAdmission()
    {
        // One group at its floor: 10 + 10 + 1 + 2 = 23 ms; deadline 100 ms fits four.
        for (var frame = 1; frame <= 4; frame++)
        {
            Admit(frame, 100);
        }

        var refused = _scheduler.TryAdmit(Asks.Create(5, 100), TimeSpan.Zero);
        Assert.NotEqual(AdmissionVerdict.Accepted, refused.Verdict);
        Assert.Equal(0.015, refused.RetryAfterSeconds, 1e-6);
        Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(Asks.Create(5, 116), TimeSpan.Zero).Verdict);
    }

    [Fact]
    public void Refusal_KeepsEveryoneAtTheFloorForAWhile()
    {
        _cached.UnionWith([1, 2]);
        Admit(1, 60_000);
        Plan(0); // A rich prefill runs: nothing else fits into 30 ms.
        Assert.Equal(AdmissionVerdict.TooLate, _scheduler.TryAdmit(Asks.Create(2, 30), TimeSpan.Zero).Verdict);
        Assert.Equal((1, DegradedReason.Load), (Plan(1).Decision.Budget, Plan(1).Decision.Reason));
        Assert.Equal(576, Plan(250).Decision.Budget);
    }

    [Fact]
    public void RefusalOfTheImpossible_CostsNobodyAnything()
    {
        _cached.UnionWith([1, 2]);
        Admit(1, 60_000);
        Plan(0);
        Assert.Equal(AdmissionVerdict.TooLate, _scheduler.TryAdmit(Asks.Create(2, 5), TimeSpan.Zero).Verdict);
        Assert.Equal(576, Plan(1).Decision.Budget);
    }

    [Fact]
    public void FixedPolicy_AdmitsByWhatItWillSpend()
    {
        // 10 + 70 + 1 + 2 = 83 ms at 576.
        var scheduler = Create(256, new FixedPolicy(576));
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(1, 100), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.TooLate, scheduler.TryAdmit(Asks.Create(2, 160), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(2, 170), TimeSpan.Zero).Verdict);
    }

    [Fact]
    public void SameFrame_IsCheaperThanAnother()
    {
        for (var frame = 1; frame <= 4; frame++)
        {
            Admit(frame, 100);
        }

        Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(Asks.Create(4, 100), TimeSpan.Zero).Verdict); // One question more: 1 ms.
    }

    [Fact]
    public void LaterDeadlines_DoNotCountAgainstAnUrgentAsk()
    {
        for (var frame = 1; frame <= 20; frame++)
        {
            Admit(frame, 60_000);
        }

        Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(Asks.Create(21, 50), TimeSpan.Zero).Verdict);
    }

    [Fact]
    public void RunningStep_CountsUntilItsPredictedEnd()
    {
        Admit(1, 1000);
        Plan(0); // Encodes for 10 ms.
        Assert.NotEqual(AdmissionVerdict.Accepted, _scheduler.TryAdmit(Asks.Create(2, 32), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(Asks.Create(2, 34), TimeSpan.Zero).Verdict); // 10 ms of that step, 23 ms of its own.
    }

    [Fact]
    public void IdleEngine_AlwaysAdmits() => Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(Asks.Create(1, 1), TimeSpan.Zero).Verdict);

    [Fact]
    public void FullQueue_Refuses()
    {
        var scheduler = Create(queueLimit: 2);
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(1, 60_000), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(2, 60_000), TimeSpan.Zero).Verdict);
        var refused = scheduler.TryAdmit(Asks.Create(3, 60_000), TimeSpan.Zero);
        Assert.True(refused is { Verdict: AdmissionVerdict.QueueFull, RetryAfterSeconds: > 0 });
    }

    [Fact]
    public void Closed_LetsNothingIn()
    {
        Admit(1, 100);
        _scheduler.TakeAll(_expired, close: true);
        Assert.Single(_expired);
        Assert.Equal(AdmissionVerdict.Closed, _scheduler.TryAdmit(Asks.Create(1, 100), TimeSpan.Zero).Verdict);
    }

    [Fact]
    public void Decision_AllocatesNothing()
    {
        for (var frame = 1; frame <= 64; frame++)
        {
            _cached.Add((UInt128)frame);
            Admit(frame, 60_000 + frame);
        }

        Plan(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Plan(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static BudgetPlan CeilingOf(int ceiling) => new()
    {
        Version = 1,
        TtlMs = 1000,
        Classes = ImmutableDictionary<string, BudgetRange>.Empty.Add("default", new BudgetRange(1, ceiling)),
    };

    private StepPlan Plan(double nowMs) => _scheduler.Plan(Asks.Ms(nowMs), _expired);

    private Scheduler Create(int queueLimit, IBudgetPolicy? policy = null) =>
        new(policy ?? new SlackPolicy(), _plans, new ProfileTracker(Asks.Profile), _active, _cached.Contains, queueLimit, decodeBurst: 8);

    private Ask Admit(int frame, double dueMs, int ceiling = 576)
    {
        var ask = Asks.Create(frame, dueMs, ceiling: ceiling);
        Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(ask, TimeSpan.Zero).Verdict);
        return ask;
    }
}
