using System.Collections.Immutable;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Inference.Profiling;

/// <summary>How long answers of each kind are: what was configured at first, then what is seen. The engine's thread writes, anyone reads.</summary>
internal sealed class AnswerLengths
{
    /// <summary>Weight of one new answer.</summary>
    private const double Share = 0.05;

    private readonly double[] _tokens; // by kind

    public AnswerLengths(ReadOnlySpan<int> configured)
    {
        _tokens = new double[configured.Length];
        for (var kind = 0; kind < configured.Length; kind++)
        {
            _tokens[kind] = configured[kind];
        }
    }

    /// <summary>Decode steps that an answer of this kind is expected to take, its end included; at least 1.</summary>
    public int Expected(QuestionKind kind) => Math.Max(1, (int)Math.Round(Volatile.Read(ref _tokens[(int)kind])));

    /// <summary>The same of every kind.</summary>
    public ImmutableArray<int> Expected() => [.. _tokens.Select((_, kind) => Expected((QuestionKind)kind))];

    public void Observe(QuestionKind kind, int tokens)
    {
        ref var mean = ref _tokens[(int)kind];
        Volatile.Write(ref mean, mean + (Share * (tokens - mean)));
    }
}
