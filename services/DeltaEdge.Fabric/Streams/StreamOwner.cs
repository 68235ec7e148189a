namespace DeltaEdge.Fabric.Streams;

/// <param name="StreamId">The camera.</param>
/// <param name="WorkerId">Who decodes it.</param>
/// <param name="Fence">Rises with every change of owner anywhere: of two who believe they own it, the higher is right.</param>
public sealed record StreamOwner(string StreamId, string WorkerId, long Fence);
