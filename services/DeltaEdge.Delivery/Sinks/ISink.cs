using DeltaEdge.Delivery.Outbox;

namespace DeltaEdge.Delivery.Sinks;

/// <summary>The way to one target. Used by one pump, one call at a time; opens its connection when it needs one.</summary>
internal interface ISink : IAsyncDisposable
{
    /// <summary>Tries once. What it throws, other than for the token, is a failure to try again.</summary>
    Task<SendResult> SendAsync(OutboxMessage message, CancellationToken cancellationToken);

    /// <summary>Called now and then while there is nothing to send, to keep a connection alive.</summary>
    Task IdleAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
