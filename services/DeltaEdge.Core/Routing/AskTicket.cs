namespace DeltaEdge.Core.Routing;

/// <summary>An ask that was sent to a worker, and the report it was sent on. Travels with the request as a feature.</summary>
/// <param name="WorkerId">Worker it went to.</param>
/// <param name="Sequence">Sequence of the worker's latest report at that time.</param>
public sealed record AskTicket(string WorkerId, long Sequence);
