using System.Collections.Immutable;

namespace DeltaEdge.Core.Placement;

/// <param name="Claims">Streams without an owner that this worker should claim now, by id.</param>
/// <param name="Releases">Streams of this worker that another should have instead: it lets go of them, and the other claims them.</param>
public sealed record PlacementDecision(ImmutableArray<string> Claims, ImmutableArray<string> Releases);
