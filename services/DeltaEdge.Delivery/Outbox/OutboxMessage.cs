namespace DeltaEdge.Delivery.Outbox;

/// <summary>One message on its way to one target.</summary>
/// <param name="Sequence">Order within the target; rises, with gaps.</param>
/// <param name="CreatedAt">Wall clock of the worker.</param>
/// <param name="Type">answer, rule, state or heartbeat.</param>
/// <param name="StreamId">The camera.</param>
/// <param name="DedupeKey">The same for every delivery of the same message.</param>
/// <param name="Body">UTF-8 JSON.</param>
internal sealed record OutboxMessage(long Sequence, DateTimeOffset CreatedAt, string Type, string StreamId, string DedupeKey, byte[] Body)
{
    /// <summary>On the process's own clock, which never steps: when it was stored, or found at the start.</summary>
    public TimeSpan WaitsSince { get; init; }

    public bool IsAnswer => Type == "answer";

    /// <summary>Puts the stream's id and the type into a topic or key.</summary>
    public string Fill(string template) =>
        template.Replace("{stream}", StreamId, StringComparison.Ordinal).Replace("{type}", Type, StringComparison.Ordinal);
}
