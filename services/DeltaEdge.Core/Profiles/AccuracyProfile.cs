using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Profiles;

/// <summary>A[budget][question kind]: share of right answers, measured on held-out questions and kept in the manifest: the profile half to plan with, the test half to grade by.</summary>
public sealed class AccuracyProfile
{
    private static readonly int KindCount = Enum.GetValues<QuestionKind>().Length;
    private readonly ImmutableArray<double> _values; // (rung, kind)
    private readonly ImmutableArray<double> _errors; // by kind
    private readonly TokenLadder _ladder;

    /// <param name="ladder">Budgets of the model.</param>
    /// <param name="byKind">For each kind its accuracy by rung, 0 to 1; at least one kind, and those left out take the mean of those given.</param>
    /// <param name="basis">How and when it was measured, for <c>accuracy_basis</c>.</param>
    /// <param name="asked">For each kind the questions it was measured on; a kind left out is taken to be exact.</param>
    public AccuracyProfile(
        TokenLadder ladder, IReadOnlyDictionary<QuestionKind, ImmutableArray<double>> byKind, string basis, IReadOnlyDictionary<QuestionKind, int>? asked = null)
    {
        _ladder = ladder;
        Basis = basis;
        var values = ImmutableArray.CreateBuilder<double>(ladder.Count * KindCount);
        for (var rung = 0; rung < ladder.Count; rung++)
        {
            var mean = byKind.Values.Average(v => v[rung]);
            for (var kind = 0; kind < KindCount; kind++)
            {
                values.Add(byKind.TryGetValue((QuestionKind)kind, out var curve) ? curve[rung] : mean);
            }
        }

        _values = values.MoveToImmutable();
        _errors = [.. Enumerable.Range(0, KindCount).Select(kind => asked is not null && asked.TryGetValue((QuestionKind)kind, out var n) && n > 0 ? ErrorOf(kind, n) : 0)];
    }

    /// <summary>
    /// For a model whose manifest has no profile: more tokens answer a little better, each doubling by as much as the one before. That is
    /// an assumption, so that tokens are spent where there is time for them; nothing is too far below the best to be given.
    /// </summary>
    public static AccuracyProfile Assumed(TokenLadder ladder)
    {
        const double Best = 0.9;
        const double Span = 0.07;
        var curve = ladder.Budgets.Select(b => Best - (Span * (1 - (Math.Log(1 + b) / Math.Log(1 + ladder.Largest))))).ToImmutableArray();
        return new(ladder, Enum.GetValues<QuestionKind>().ToDictionary(kind => kind, _ => curve), "assumed: the manifest has no accuracy profile");
    }

    public string Basis { get; }

    /// <summary>Standard error of the kind's best accuracy, sqrt(p (1 - p) / n): smaller differences between budgets may be chance.</summary>
    public double StandardError(QuestionKind kind) => _errors[(int)kind];

    /// <summary>Expected accuracy in [0, 1].</summary>
    public double Expected(int budget, QuestionKind kind) => _values[(_ladder.RungAtMost(budget) * KindCount) + (int)kind];

    private double ErrorOf(int kind, int asked)
    {
        var best = _ladder.Budgets.Max(b => Expected(b, (QuestionKind)kind));
        return Math.Sqrt(best * (1 - best) / asked);
    }
}
