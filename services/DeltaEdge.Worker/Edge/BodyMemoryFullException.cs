namespace DeltaEdge.Worker.Edge;

/// <summary>A body of unknown length has grown beyond what memory there is for bodies.</summary>
internal sealed class BodyMemoryFullException : Exception;
