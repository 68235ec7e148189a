using System.Collections.Immutable;

namespace DeltaEdge.Core.Budgets;

/// <summary>
/// The visual-token budgets a model serves, largest first: K = (24 / s)² for the window sides s of the Delta projector
/// (arXiv 2512.18910, section 3). A rung is an index into it; rung 0 is the richest.
/// </summary>
public sealed class TokenLadder
{
    /// <summary>The ladder of the paper: 576, 144, 64, 36, 16, 4, 1.</summary>
    public static TokenLadder Default { get; } = new([576, 144, 64, 36, 16, 4, 1]);

    /// <exception cref="ArgumentException">Empty, not strictly falling, or below 1.</exception>
    public TokenLadder(ImmutableArray<int> budgets)
    {
        if (budgets.IsDefaultOrEmpty || budgets[^1] < 1)
        {
            throw new ArgumentException("A token ladder needs at least one budget, each at least 1.", nameof(budgets));
        }

        for (var i = 1; i < budgets.Length; i++)
        {
            if (budgets[i] >= budgets[i - 1])
            {
                throw new ArgumentException($"A token ladder falls strictly; {budgets[i]} follows {budgets[i - 1]}.", nameof(budgets));
            }
        }

        Budgets = budgets;
    }

    public ImmutableArray<int> Budgets { get; }

    public int Count => Budgets.Length;

    public int Largest => Budgets[0];

    public int Smallest => Budgets[^1];

    public int this[int rung] => Budgets[rung];

    public bool Contains(int budget) => Budgets.Contains(budget);

    /// <summary>Rung of an exact budget, or -1.</summary>
    public int RungOf(int budget) => Budgets.IndexOf(budget);

    /// <summary>Rung of the largest budget that does not exceed <paramref name="tokens"/>; the last rung if none does.</summary>
    public int RungAtMost(int tokens)
    {
        for (var rung = 0; rung < Budgets.Length; rung++)
        {
            if (Budgets[rung] <= tokens)
            {
                return rung;
            }
        }

        return Budgets.Length - 1;
    }

    /// <summary>Rung of the smallest budget that is at least <paramref name="tokens"/>; rung 0 if none is.</summary>
    public int RungAtLeast(int tokens)
    {
        for (var rung = Budgets.Length - 1; rung >= 0; rung--)
        {
            if (Budgets[rung] >= tokens)
            {
                return rung;
            }
        }

        return 0;
    }

    /// <summary>"576, 144, …, 1", for error texts.</summary>
    public override string ToString() => string.Join(", ", Budgets);
}
