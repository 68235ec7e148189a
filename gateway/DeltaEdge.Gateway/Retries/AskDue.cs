namespace DeltaEdge.Gateway.Retries;

/// <summary>Request feature: until when an ask may be answered, where the gateway knows its body.</summary>
/// <param name="Arrived">When it came, on the process's clock.</param>
/// <param name="Deadline">How long it may take from then.</param>
internal sealed record AskDue(TimeSpan Arrived, TimeSpan Deadline)
{
    public TimeSpan At => Arrived + Deadline;
}
