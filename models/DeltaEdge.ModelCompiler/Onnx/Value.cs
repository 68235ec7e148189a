namespace DeltaEdge.ModelCompiler.Onnx;

/// <summary>A tensor in a graph under construction, by name.</summary>
internal readonly record struct Value(string Name)
{
    /// <summary>An optional input that is left out.</summary>
    public static Value None => new("");
}
