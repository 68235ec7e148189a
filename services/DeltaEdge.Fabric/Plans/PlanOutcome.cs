namespace DeltaEdge.Fabric.Plans;

/// <summary>Values 0, 1 and 3 are what <c>publish-plan.lua</c> returns.</summary>
public enum PlanOutcome
{
    /// <summary>A plan of that version or a newer one is there already. Publishing above the board's version helps.</summary>
    Older = 0,

    /// <summary>It is the newest.</summary>
    Published = 1,

    /// <summary>Shared state is out of reach. Trying again later helps.</summary>
    Unavailable = 2,

    /// <summary>The publisher's term is over: another leads, or nobody does. Take the lease again first.</summary>
    NotLeader = 3,
}
