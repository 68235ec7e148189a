using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.Worker.StreamApi;

/// <param name="Record">As it is now.</param>
/// <param name="Admission">What the capacity model says of it; null where streams are not judged.</param>
internal sealed record EditedStream(StreamRecord Record, AdmissionAnswer? Admission);
