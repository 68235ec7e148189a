namespace DeltaEdge.Core.Placement;

/// <summary>A stream that shall run somewhere.</summary>
/// <param name="Id">The camera.</param>
/// <param name="Owner">The live worker that owns it; null if none does.</param>
/// <param name="Unowned">For how long it has had no owner, as far as this worker has seen; zero if it has one.</param>
public readonly record struct StreamPlace(string Id, string? Owner, TimeSpan Unowned);
