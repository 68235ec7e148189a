using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.Worker.Placement;

/// <summary>A stream that this worker answers for.</summary>
/// <param name="Record">The catalog's record that was made true last.</param>
/// <param name="Failure">Why it cannot run here; null if it runs.</param>
internal sealed record KeptStream(StreamRecord Record, string? Failure);
