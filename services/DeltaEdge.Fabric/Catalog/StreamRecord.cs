namespace DeltaEdge.Fabric.Catalog;

/// <summary>A stream as the fleet remembers it, whoever owns it now.</summary>
/// <param name="StreamId">The camera.</param>
/// <param name="Spec">What a client could send to <c>POST /v1/streams</c> to get it: JSON, credentials included, so never shown or logged.</param>
/// <param name="IsPaused">Whether it is paused by command.</param>
/// <param name="Tenant">Id of the API key that added it; null where keys are off.</param>
/// <param name="Revision">Rises by one with every change; 1 when it is added.</param>
public sealed record StreamRecord(string StreamId, string Spec, bool IsPaused, string? Tenant, long Revision);
