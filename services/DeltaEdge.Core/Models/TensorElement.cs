namespace DeltaEdge.Core.Models;

/// <summary>Element types that cross the boundary of a compiled graph. The names are those of safetensors and stand in <c>compiled.json</c>.</summary>
public enum TensorElement
{
    F32 = 0,
    I32 = 1,
    I64 = 2,
}
