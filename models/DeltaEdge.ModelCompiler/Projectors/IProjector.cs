using System.Collections.Immutable;
using DeltaEdge.ModelCompiler.Onnx;

namespace DeltaEdge.ModelCompiler.Projectors;

/// <summary>One model's projector: which hidden states it reads, which budgets it serves, and its two graphs.</summary>
internal interface IProjector
{
    /// <summary>Hidden states concatenated into <c>features</c>.</summary>
    ImmutableArray<int> Taps { get; }

    /// <summary>Hidden state given as <c>query_level</c>.</summary>
    int QueryState { get; }

    /// <summary>Visual-token budgets, largest first.</summary>
    ImmutableArray<int> Budgets { get; }

    /// <summary>features (B, N, C · taps) to whatever all budgets share.</summary>
    void MakeMemory(GraphBuilder graph);

    /// <summary>query_level (B, N, C) and the memory to visual_tokens (B, budget, hidden).</summary>
    void MakeQuery(GraphBuilder graph, int budget);
}
