using System.Collections.Immutable;

namespace DeltaEdge.ModelCompiler.Safetensors;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Element">Type that decides how the bytes are read.</param>
/// <param name="ElementName">Type as the header spells it, for error texts.</param>
/// <param name="Shape">Dimensions; empty for a scalar.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
/// <param name="Length">Bytes.</param>
internal sealed record TensorEntry(StoredElement Element, string ElementName, ImmutableArray<int> Shape, long Offset, long Length)
{
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
