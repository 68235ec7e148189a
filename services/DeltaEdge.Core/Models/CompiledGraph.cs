using System.Collections.Immutable;

namespace DeltaEdge.Core.Models;

/// <summary>One ONNX file of a compiled model and the tensors at its edge, in graph order.</summary>
public sealed record CompiledGraph(string File, ImmutableArray<TensorSpec> Inputs, ImmutableArray<TensorSpec> Outputs);
