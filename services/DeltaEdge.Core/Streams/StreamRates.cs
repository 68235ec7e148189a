namespace DeltaEdge.Core.Streams;

/// <summary>Measured frames per second over the last seconds.</summary>
/// <param name="Source">Frames that arrive.</param>
/// <param name="Processed">Frames that were asked about, or found unchanged.</param>
public sealed record StreamRates(double Source, double Processed);
