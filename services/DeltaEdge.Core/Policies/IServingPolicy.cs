using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// How one worker answers to load: whom it lets in, what budget the most urgent group gets, and what it learns from how asks end.
/// One instance per worker; the scheduler calls it under its lock, so an instance need not be safe for concurrent use. It has no
/// clock and no randomness of its own: the same calls give the same answers, in the engine, the simulator and the bench.
/// Adding one is one file and one line in <see cref="ServingPolicies"/>.
/// </summary>
public interface IServingPolicy
{
    /// <summary>Name in configuration, metrics and reports.</summary>
    string Name { get; }

    /// <summary>Whether the controller's plan narrows what it may spend, and the question kinds' own floors hold. Baselines have neither.</summary>
    bool FollowsPlan => false;

    /// <summary>What the scheduler does with an arrival that <see cref="LetsIn"/> does not refuse.</summary>
    DoorRule Door => DoorRule.Open;

    /// <summary>Whether it looks at <see cref="AskArrival.OldestWaitSeconds"/>, which costs a look through the queue; 0 to the others.</summary>
    bool LooksAtWaits => false;

    /// <summary>The least this policy would ever spend on a group of that range: what predicted admission and hopelessness count with.</summary>
    int Lowest(BudgetRange range) => range.Floor;

    /// <summary>Whether an arriving frame's ask may come in at all. Asks about one frame should get one answer.</summary>
    bool LetsIn(in AskArrival arrival) => true;

    /// <summary>Budget for <c>situation.Queue[0]</c>; always inside its range. May ask to be called again later instead.</summary>
    BudgetDecision Choose(in DispatchSituation situation);

    /// <summary>An ask that was let in, or refused, has ended.</summary>
    void Ended(in AskEnd ask)
    {
    }
}
