namespace DeltaEdge.Core.Placement;

/// <summary>A worker that streams may be placed on.</summary>
/// <param name="Id">Its name in the fleet.</param>
/// <param name="Weight">Share of the streams that it should have, relative to others; see <see cref="WorkerWeight"/>. Above 0.</param>
/// <param name="MaxStreams">Most streams that it takes.</param>
/// <param name="Draining">Whether it takes no more.</param>
public sealed record PlacementWorker(string Id, double Weight, int MaxStreams, bool Draining);
