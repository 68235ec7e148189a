using System.Collections.Immutable;

namespace DeltaEdge.Core.Models;

/// <summary>Name, element type and shape of a graph input or output. A dimension of -1 is chosen by the caller (batch, sequence, cache length).</summary>
public sealed record TensorSpec(string Name, TensorElement Element, ImmutableArray<int> Shape)
{
    public const int Dynamic = -1;
}
