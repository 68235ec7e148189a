using DeltaEdge.UnitTests.Inference;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Policies;
using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Planning;
using DeltaEdge.Inference.Profiling;
using DeltaEdge.Inference.Scheduling;

namespace DeltaEdge.UnitTests.Core.Scheduling;

/// <summary>Plans and admissions as pure arithmetic: no model, no thread, no clock.</summary>
public sealed class SchedulerTests
{
    private readonly HashSet<UInt128> _cached = [];
    private readonly ActiveRows _active = new(2);
    private readonly PlanHolder _plans = new();
    private readonly List<PendingAsk> _expired = [];
    private readonly List<PendingAsk> _yielded = [];
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
        var scheduler = Create(256, new SlackPolicy());
        for (var frame = 1; frame <= 4; frame++)
        {
            Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(frame, 100), TimeSpan.Zero).Verdict);
        }

        var refused = scheduler.TryAdmit(Asks.Create(5, 100), TimeSpan.Zero);
        Assert.Equal(AdmissionVerdict.TooLate, refused.Verdict);
        Assert.Equal(0.015, refused.RetryAfterSeconds, 1e-6);
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(5, 116), TimeSpan.Zero).Verdict);
    }

    [Fact]
    public void FullQueue_HasRoomForTheHeavierClassAfterTheLighterIsRefused()
    {
        var scheduler = new Scheduler(
            new SlackPolicy(), _plans, new ProfileTracker(Asks.Profile), _active, _cached.Contains, new(256, Classes: DeltaEdge.Core.Sla.SlaCatalog.Default));
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(1, 100, slaClass: "priority"), TimeSpan.Zero).Verdict);
        for (var frame = 2; frame <= 3; frame++)
        {
            Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(frame, 100, slaClass: "flex"), TimeSpan.Zero).Verdict);
        }

        // A fourth of 23 ms each is through after 92 ms: within 100, but not within the 80 that flex may count on.
        Assert.Equal(AdmissionVerdict.TooLate, scheduler.TryAdmit(Asks.Create(4, 100, slaClass: "flex"), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.TooLate, scheduler.TryAdmit(Asks.Create(4, 100, slaClass: "default"), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(4, 100, slaClass: "priority"), TimeSpan.Zero).Verdict);
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
    public void PredictedDoor_AdmitsByWhatThePolicyWillSpend()
    {
        // 10 + 70 + 1 + 2 = 83 ms at 576.
        var scheduler = Create(256, new DoorPolicy(DoorRule.Predicted));
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(1, 100), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.TooLate, scheduler.TryAdmit(Asks.Create(2, 160), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(2, 170), TimeSpan.Zero).Verdict);
    }

    [Fact]
    public void MoreThanCanBeInTime_TheLastOfEqualsIsTurnedAway()
    {
        _cached.UnionWith([1, 2, 3]);
        Admit(1, 27); // 13 ms each at one token.
        Admit(2, 27);
        var last = Admit(3, 38);
        Assert.Equal((1, DegradedReason.Load), (Plan(0).Decision.Budget, Plan(0).Decision.Reason));
        Assert.Equal([last], _yielded);
        Assert.Equal(2, _scheduler.QueueDepth);
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

        // The runtime may once allocate something of its own; what a decision allocates shows every time.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => Allocated()));

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                Plan(i);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void OpenDoor_LetsInWhatCannotBeOnTime()
    {
        var scheduler = Create(256, new DoorPolicy(DoorRule.Open));
        for (var frame = 1; frame <= 10; frame++)
        {
            Assert.Equal(AdmissionVerdict.Accepted, scheduler.TryAdmit(Asks.Create(frame, 100), TimeSpan.Zero).Verdict);
        }
    }

    [Fact]
    public void NewestPerStream_TakesTheWaitingFramesPlace()
    {
        var policy = new DoorPolicy(DoorRule.NewestPerStream);
        var scheduler = Create(256, policy);
        var (older, other) = (Asks.Create(1, 500, stream: 7), Asks.Create(2, 500, stream: 8));
        scheduler.TryAdmit(older, TimeSpan.Zero);
        scheduler.TryAdmit(other, TimeSpan.Zero);
        Assert.Null(scheduler.TryAdmit(Asks.Create(1, 500, stream: 7), TimeSpan.Zero).Replaced); // Another question about the same frame.
        Assert.Contains(older, scheduler.TryAdmit(Asks.Create(3, 600, stream: 7), TimeSpan.Zero).Replaced!);
        Assert.Equal(2, scheduler.QueueDepth);
        Assert.Equal([AskVerdict.Refused, AskVerdict.Refused], policy.Ends.Select(e => e.Verdict));
    }

    [Fact]
    public void PolicyThatRefuses_IsTheFirstDoor()
    {
        var policy = new DoorPolicy(DoorRule.Open) { Full = true };
        Assert.Equal(AdmissionVerdict.QueueFull, Create(256, policy).TryAdmit(Asks.Create(1, 500), TimeSpan.Zero).Verdict);
        Assert.Equal(AskVerdict.Refused, Assert.Single(policy.Ends).Verdict);
    }

    [Fact]
    public void Hold_IsIdleUntilThen()
    {
        _cached.Add(1);
        var scheduler = Create(256, new DoorPolicy(DoorRule.Open) { HoldUntil = Asks.Ms(50) });
        scheduler.TryAdmit(Asks.Create(1, 500), TimeSpan.Zero);
        Assert.Equal((StepKind.Idle, Asks.Ms(50)), (scheduler.Plan(Asks.Ms(10), _expired, _yielded).Kind, scheduler.Plan(Asks.Ms(10), _expired, _yielded).Until));
        Assert.Equal(StepKind.Prefill, scheduler.Plan(Asks.Ms(50), _expired, _yielded).Kind);
    }

    [Fact]
    public void Expired_AreToldToThePolicy()
    {
        var policy = new DoorPolicy(DoorRule.Open);
        var scheduler = Create(256, policy);
        scheduler.TryAdmit(Asks.Create(1, 100), TimeSpan.Zero);
        scheduler.Plan(Asks.Ms(100), _expired, _yielded);
        Assert.Equal((AskVerdict.Expired, 0.1, 0.1), (Assert.Single(policy.Ends).Verdict, policy.Ends[0].LatencySeconds, policy.Ends[0].DeadlineSeconds));
    }

    [Fact]
    public void KindsFloor_HoldsUnderPressure()
    {
        _cached.UnionWith([1, 2]);
        var other = Asks.Create(2, 60, kindFloor: 36);
        Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(Asks.Create(1, 60, kindFloor: 36), TimeSpan.Zero).Verdict);
        Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(other, TimeSpan.Zero).Verdict);
        Assert.Equal(36, Plan(1).Decision.Budget);
        Assert.Equal([other], _yielded);
    }

    [Fact]
    public void PlansPrice_StopsWhereASecondGainsLess()
    {
        // A rung up from 16 gains .04 for 10 ms: 4 per second; from 36 it gains .03.
        _cached.Add(1);
        _plans.Apply(CeilingOf(576) with { Price = 3.5 }, TimeSpan.Zero);
        Admit(1, 60_000);
        Assert.Equal(36, Plan(0).Decision.Budget);
    }

    [Fact]
    public void Fifo_ServesByArrival()
    {
        var scheduler = new Scheduler(
            new MarginalPolicy(), _plans, new ProfileTracker(Asks.Profile), _active, _cached.Contains, new SchedulerOptions(Order: QueueOrder.Fifo));
        scheduler.TryAdmit(Asks.Create(1, 5000), TimeSpan.Zero);
        scheduler.TryAdmit(Asks.Create(2, 1000), TimeSpan.Zero);
        Assert.Equal((UInt128)1, scheduler.Plan(TimeSpan.Zero, _expired, _yielded).Group!.Key.Frame);
        Assert.Equal((UInt128)1, scheduler.Plan(Asks.Ms(2000), _expired, _yielded).Group!.Key.Frame);
        Assert.Single(_expired);
    }

    private static BudgetPlan CeilingOf(int ceiling) => new()
    {
        Version = 1,
        TtlMs = 1000,
        Classes = ImmutableDictionary<string, BudgetRange>.Empty.Add("default", new BudgetRange(1, ceiling)),
    };

    private StepPlan Plan(double nowMs) => _scheduler.Plan(Asks.Ms(nowMs), _expired, _yielded);

    private Scheduler Create(int queueLimit, IServingPolicy? policy = null) =>
        new(policy ?? new MarginalPolicy(), _plans, new ProfileTracker(Asks.Profile), _active, _cached.Contains, new SchedulerOptions(queueLimit));

    private Ask Admit(int frame, double dueMs, int ceiling = 576)
    {
        var ask = Asks.Create(frame, dueMs, ceiling: ceiling);
        Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(ask, TimeSpan.Zero).Verdict);
        return ask;
    }

    /// <summary>Always 576, with a door and a hold to choose.</summary>
    private sealed class DoorPolicy(DoorRule door) : IServingPolicy
    {
        private readonly FixedPolicy _fixed = new(576);

        public string Name => "door";

        public DoorRule Door => door;

        public bool Full { get; init; }

        public TimeSpan? HoldUntil { get; init; }

        public List<AskEnd> Ends { get; } = [];

        public int Lowest(BudgetRange range) => _fixed.Lowest(range);

        public bool LetsIn(in AskArrival arrival) => !Full;

        public BudgetDecision Choose(in DispatchSituation situation) => _fixed.Choose(situation) with { HoldUntil = HoldUntil };

        public void Ended(in AskEnd ask) => Ends.Add(ask);
    }
}
