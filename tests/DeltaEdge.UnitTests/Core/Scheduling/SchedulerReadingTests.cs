using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Wire;
using DeltaEdge.Inference.Asking;
using DeltaEdge.UnitTests.Inference;

namespace DeltaEdge.UnitTests.Core.Scheduling;

/// <summary>Frames whose pixels are made late: whose are, in what order, and what is done meanwhile.</summary>
public sealed class SchedulerReadingTests
{
    private readonly HashSet<UInt128> _cached = [];
    private readonly ActiveRows _active = new(2);
    private readonly Scheduler _scheduler;

    public SchedulerReadingTests() =>
        _scheduler = new Scheduler(new MarginalPolicy(), new PlanHolder(), new ProfileTracker(Asks.Profile), _active, _cached.Contains, new SchedulerOptions(256));

    [Fact]
    public void UnreadFrame_IsPassedOverUntilItIsRead()
    {
        var urgent = Asks.Create(1, 1000, unread: true);
        Admit(urgent);
        Assert.Equal(StepKind.Idle, Plan(0).Kind);
        Admit(Asks.Create(2, 2000));
        Assert.Equal((UInt128)2, Plan(0).Group!.Key.Frame);
        Assert.Equal(2, _scheduler.QueueDepth);
        urgent.Request.Frame.Read();
        Assert.Equal((UInt128)1, Plan(0).Group!.Key.Frame);
    }

    [Fact]
    public void UnreadFrames_AreLookedAtAgainWhenTheFirstDeadlinePasses()
    {
        Admit(Asks.Create(1, 2000, unread: true));
        Admit(Asks.Create(2, 1000, unread: true));
        Assert.Equal((StepKind.Idle, Asks.Ms(1000)), (Plan(0).Kind, Plan(0).Until));
        Assert.Equal(Asks.Ms(2000), Plan(1000).Until);
        Assert.Null(Plan(2000).Until);
    }

    [Fact]
    public void UnreadableFrame_IsToldOfBeforeAnythingElseIsDone()
    {
        Admit(Asks.Create(1, 1000));
        var broken = Asks.Create(new VisionFrame(2, () => ApiError.Invalid("image", "It is damaged.")), 2000);
        Admit(broken);
        Assert.Equal((UInt128)1, Plan(0).Group!.Key.Frame);
        broken.Request.Frame.Read();
        Assert.Equal((UInt128)2, Plan(0).Group!.Key.Frame);
    }

    [Fact]
    public void EncodedFrame_NeedsNoReading()
    {
        _cached.Add(1);
        Admit(Asks.Create(1, 1000, unread: true));
        Assert.Null(Next(0));
        Assert.Equal(StepKind.Prefill, Plan(0).Kind);
    }

    [Fact]
    public void FirstFewThatCanBeOnTime_AreReadInOrderAndOnce()
    {
        for (var frame = 8; frame >= 1; frame--)
        {
            Admit(Asks.Create(frame, 1000 + frame, unread: true));
        }

        Assert.Equal([1, 2, 3, 4, null], Enumerable.Range(0, 5).Select(_ => Next(0)));
        Assert.Equal([5, 6, null], Enumerable.Range(0, 3).Select(_ => Next(979.5))); // 1 and 2 need 23 ms and are too late by then.
    }

    [Fact]
    public void WhereNoneCanBeOnTime_TheFirstIsReadAllTheSame()
    {
        Admit(Asks.Create(1, 1000, unread: true));
        Plan(990);
        Assert.True(_scheduler.WantsReading);
        Assert.Equal(1, Next(990));
        Assert.Null(Next(990));
    }

    [Fact]
    public void PlanSaysWhetherAFrameIsToBeRead()
    {
        Admit(Asks.Create(1, 1000, unread: true));
        Plan(0);
        Assert.True(_scheduler.WantsReading);
        Assert.Equal(1, Next(0));
        Plan(0);
        Assert.False(_scheduler.WantsReading);
    }

    [Fact]
    public void AskThatHasEnded_IsLetGoOf()
    {
        var ended = AdmitAndExpire();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.DoesNotContain(ended, a => a.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        WeakReference[] AdmitAndExpire()
        {
            PendingAsk[] asks = [.. Enumerable.Range(1, 8).Select(frame => Asks.Create(frame, 1000, unread: true))];
            Array.ForEach(asks, Admit);
            Plan(0);
            Plan(990); // Hopeless all.
            Plan(2000);
            return [.. asks.Select(a => new WeakReference(a))];
        }
    }

    private void Admit(PendingAsk ask) => Assert.Equal(AdmissionVerdict.Accepted, _scheduler.TryAdmit(ask, TimeSpan.Zero).Verdict);

    private StepPlan Plan(double nowMs) => _scheduler.Plan(Asks.Ms(nowMs), [], []);

    /// <summary>Frame number that is given out next.</summary>
    private int? Next(double nowMs) => (int?)_scheduler.NextToRead(Asks.Ms(nowMs))?.Frame;
}
