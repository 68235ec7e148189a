namespace DeltaEdge.ModelCompiler;

/// <summary>How to compile; every property is part of the cache key.</summary>
public sealed record CompileOptions
{
    public CompileTarget Target { get; init; } = CompileTarget.Cpu;

    /// <summary>Merge adjacent linear parts of the projector, exact in real arithmetic. Off only to compare with the reference. Default: true.</summary>
    public bool Fold { get; init; } = true;

    /// <summary>Positions the decoder can hold. Default: the config's max_position_embeddings.</summary>
    public int? MaxSequenceLength { get; init; }
}
