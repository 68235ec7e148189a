namespace DeltaEdge.ModelCompiler.Safetensors;

/// <summary>Element types that can be read as fp32. Other types may stand in a file and are refused only when asked for.</summary>
internal enum StoredElement
{
    F32,
    F16,
    BF16,
    Other,
}
