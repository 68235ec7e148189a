namespace DeltaEdge.Core.Planning;

/// <summary>Why a plan is what it is. A bounded set: also a metric label.</summary>
public static class PlanReasons
{
    /// <summary>Nothing asks for a change.</summary>
    public const string Steady = "steady";

    /// <summary>Predicted load would not fit.</summary>
    public const string Load = "load";

    /// <summary>Predicted load does not fit even with everybody at the floor: what comes too late is refused.</summary>
    public const string Saturated = "saturated";

    /// <summary>Answers use up their deadlines although load is predicted to fit.</summary>
    public const string Latency = "latency";

    /// <summary>A richer budget has looked safe for long enough.</summary>
    public const string Recovery = "recovery";

    /// <summary>No worker reports; the last plan stands.</summary>
    public const string Blind = "blind";
}
