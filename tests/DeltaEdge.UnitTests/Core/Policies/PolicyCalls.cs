using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Policies;

/// <summary>Calls that a scheduler could make, in any order, on a clock that goes forward by steps of nothing to half a minute.</summary>
internal static class PolicyCalls
{
    public static readonly TokenLadder Ladder = TokenLadder.Default;

    public static readonly Gen<LatencyProfile> Profiles =
        from scale in Gen.Choose(1, 300).Select(s => s / 100.0)
        from correction in Gen.Choose(50, 300).Select(c => c / 100.0)
        select Reports.Profile(scale) with { Correction = correction };

    /// <summary>As the scheduler gives them: every group with its values.</summary>
    private static readonly Gen<PendingGroup> Groups =
        from deadlineMs in Gen.Choose(-100, 3000)
        from low in Gen.Choose(0, Ladder.Count - 1)
        from high in Gen.Choose(0, Ladder.Count - 1)
        from cached in Gen.Elements(true, false)
        from questions in Gen.Choose(1, 4)
        from tokens in Gen.Choose(1, 16)
        from planned in Gen.Elements(true, false)
        from values in Gen.ArrayOf(Gen.Choose(0, 100).Select(v => v / 100.0), Ladder.Count)
        let range = new BudgetRange(Ladder[Math.Max(low, high)], Ladder[Math.Min(low, high)])
        select new PendingGroup(TimeSpan.FromMilliseconds(deadlineMs), range, cached, questions, tokens, planned, values);

    /// <summary>Deadlines are counted from zero.</summary>
    public static readonly Gen<PendingGroup[]> Queues = Groups.NonEmptyListOf().Select(q => q.OrderBy(g => g.Deadline).ToArray());

    private static readonly Gen<TimeSpan> Steps = Gen.Frequency(
        (6, Gen.Choose(0, 300)), (2, Gen.Choose(300, 3000)), (1, Gen.Choose(3000, 30_000))).Select(ms => TimeSpan.FromMilliseconds(ms));

    private static readonly Gen<PolicyCall> Choices =
        from step in Steps
        from queue in Queues
        from profile in Profiles
        from rows in Gen.Choose(0, 16)
        from pressed in Gen.Elements(true, false)
        from price in Gen.Choose(0, 100).Select(p => p / 10.0)
        select new PolicyCall(null, null, queue, step, profile, rows, pressed, price);

    private static readonly Gen<PolicyCall> Arrivals =
        from step in Steps
        from slackMs in Gen.Choose(-100, 3000)
        from stream in Gen.Choose(0, 3)
        from frame in Gen.Choose(0, 20)
        from inFlight in Gen.Choose(0, 100)
        from waitMs in Gen.Choose(0, 2000)
        let arrival = new AskArrival(default, TimeSpan.FromMilliseconds(slackMs), (ulong)stream, (UInt128)frame, inFlight, waitMs / 1000.0)
        select new PolicyCall(arrival, null, null, step, Reports.Profile(), 0, false, 0);

    private static readonly Gen<PolicyCall> Ends =
        from step in Steps
        from verdict in Gen.Elements(Enum.GetValues<AskVerdict>())
        from latencyMs in Gen.Choose(0, 5000)
        from slaMs in Gen.Choose(0, 3000)
        from budget in Gen.Elements(Ladder.Budgets.ToArray())
        from stream in Gen.Choose(0, 3)
        let end = new AskEnd(default, verdict, latencyMs / 1000.0, slaMs / 1000.0, budget, (ulong)stream)
        select new PolicyCall(null, end, null, step, Reports.Profile(), 0, false, 0);

    /// <summary>Sequences of calls; each call's times are moved to where the clock is by then.</summary>
    public static readonly Gen<PolicyCall[]> Sequences = Gen.Frequency((3, Choices), (2, Arrivals), (3, Ends)).NonEmptyListOf().Select(OnOneClock);

    private static PolicyCall[] OnOneClock(IEnumerable<PolicyCall> calls)
    {
        var now = TimeSpan.Zero;
        return [.. calls.Select(call =>
        {
            now += call.Now;
            return call with
            {
                Now = now,
                Arrival = call.Arrival is { } arrival ? arrival with { Now = now, Deadline = now + arrival.Deadline } : null,
                End = call.End is { } end ? end with { Now = now } : null,
                Queue = call.Queue?.Select(group => group with { Deadline = now + group.Deadline }).ToArray(),
            };
        })];
    }
}
