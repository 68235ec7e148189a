using System.Collections.Immutable;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>What kinds of question a workload asks, and how often each.</summary>
public sealed class KindMix
{
    /// <summary>Yes or no 0.3, count 0.25, attribute 0.2, where 0.15, read 0.1.</summary>
    public static KindMix Default { get; } = new(
    [
        new(QuestionKind.YesNo, 0.3),
        new(QuestionKind.Count, 0.25),
        new(QuestionKind.Attribute, 0.2),
        new(QuestionKind.Where, 0.15),
        new(QuestionKind.Read, 0.1),
    ]);

    /// <exception cref="ArgumentException">A weight is negative or not a number, or all are 0.</exception>
    public KindMix(ImmutableArray<KindShare> shares)
    {
        if (shares.Any(s => !(s.Weight >= 0 && double.IsFinite(s.Weight))) || !shares.Any(s => s.Weight > 0))
        {
            throw new ArgumentException("A mix of kinds needs weights that are not negative, one of them above 0.", nameof(shares));
        }

        Shares = shares;
    }

    public ImmutableArray<KindShare> Shares { get; }

    /// <summary>That many kinds in random order, each as often as its weight says, to within one.</summary>
    internal QuestionKind[] Spread(int count, Draws draws)
    {
        var kinds = new QuestionKind[count];
        var total = Shares.Sum(s => s.Weight);
        var (before, filled) = (0d, 0);
        foreach (var share in Shares)
        {
            before += share.Weight;
            var until = (int)Math.Round(count * before / total);
            kinds.AsSpan(filled, until - filled).Fill(share.Kind);
            filled = until;
        }

        draws.Shuffle(kinds.AsSpan());
        return kinds;
    }
}
