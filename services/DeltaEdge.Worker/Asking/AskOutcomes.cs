using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Worker.Asking;

/// <summary>Wire and metric names of how an ask ended.</summary>
internal static class AskOutcomes
{
    public static string Name(AskStatus status) => status switch
    {
        AskStatus.OnTime => "on_time",
        AskStatus.Late => "late",
        AskStatus.Expired => "expired",
        AskStatus.Overloaded => "rejected",
        AskStatus.Cancelled => "cancelled",
        _ => "failed",
    };
}
