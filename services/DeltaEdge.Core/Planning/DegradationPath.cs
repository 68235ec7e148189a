using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Planning;

/// <summary>
/// The order in which a fleet gives up visual tokens. At level 0 every class has its own ceiling; each level takes one rung off,
/// the lightest classes first and each heavier weight one level later. No class goes below its floor.
/// </summary>
public sealed class DegradationPath
{
    private readonly ImmutableArray<ImmutableArray<BudgetRange>> _levels; // (level, class)

    public DegradationPath(TokenLadder ladder, SlaCatalog catalog)
    {
        Catalog = catalog;
        var weights = catalog.Classes.Select(c => c.Weight).Distinct().Order().ToList();
        var levels = ladder.Count + weights.Count - 1;
        _levels = [.. Enumerable.Range(0, levels).Select(level =>
            catalog.Classes.Select(sla => RangeAt(ladder, sla, Math.Clamp(level - weights.IndexOf(sla.Weight), 0, ladder.Count - 1))).ToImmutableArray())];
    }

    public SlaCatalog Catalog { get; }

    /// <summary>The level at which no class can give up more.</summary>
    public int Last => _levels.Length - 1;

    /// <summary>Ranges by class, in the catalog's order.</summary>
    public ImmutableArray<BudgetRange> At(int level) => _levels[level];

    /// <summary>The next level at which one of these classes has less; the level itself if there is none.</summary>
    public int Poorer(int level, ReadOnlySpan<bool> active)
    {
        for (var next = level + 1; next <= Last; next++)
        {
            if (Differs(level, next, active))
            {
                return next;
            }
        }

        return level;
    }

    /// <summary>The next level at which one of these classes has more; one level up where only idle classes would gain.</summary>
    public int Richer(int level, ReadOnlySpan<bool> active)
    {
        for (var next = level - 1; next >= 0; next--)
        {
            if (Differs(level, next, active))
            {
                return next;
            }
        }

        return Math.Max(0, level - 1);
    }

    /// <summary>The level that a plan was made at, or the first one not richer than it.</summary>
    public int LevelOf(BudgetPlan plan)
    {
        for (var level = 0; level < Last; level++)
        {
            var ranges = _levels[level];
            var fits = true;
            for (var i = 0; i < ranges.Length; i++)
            {
                fits &= !plan.Classes.TryGetValue(Catalog.Classes[i].Name, out var planned) || ranges[i].Ceiling <= planned.Ceiling;
            }

            if (fits)
            {
                return level;
            }
        }

        return Last;
    }

    private static BudgetRange RangeAt(TokenLadder ladder, SlaClass sla, int rung)
    {
        var floor = ladder[ladder.RungAtLeast(sla.MinTokens)];
        var ceiling = Math.Max(floor, ladder[ladder.RungAtMost(sla.MaxTokens)]);
        return new(floor, Math.Clamp(ladder[rung], floor, ceiling));
    }

    private bool Differs(int level, int other, ReadOnlySpan<bool> active)
    {
        for (var i = 0; i < active.Length; i++)
        {
            if (active[i] && _levels[level][i] != _levels[other][i])
            {
                return true;
            }
        }

        return false;
    }
}
