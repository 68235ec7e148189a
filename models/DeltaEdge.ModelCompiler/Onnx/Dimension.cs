namespace DeltaEdge.ModelCompiler.Onnx;

/// <summary>A dimension at a graph's edge: a size, or a symbol for one the caller chooses.</summary>
internal readonly record struct Dimension(int Size, string? Symbol)
{
    public static implicit operator Dimension(int size) => new(size, null);

    public static implicit operator Dimension(string symbol) => new(Core.Models.TensorSpec.Dynamic, symbol);
}
