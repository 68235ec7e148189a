namespace DeltaEdge.Delivery.Sinks;

internal enum SendOutcome
{
    /// <summary>The target has it.</summary>
    Delivered = 0,

    /// <summary>Not now; trying again may help.</summary>
    Failed = 1,

    /// <summary>The target does not want it, and never will: give it up.</summary>
    Refused = 2,
}
