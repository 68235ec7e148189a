using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Quality;

/// <summary>
/// Accuracy by budget of one question kind on one stream, and the floor that follows from it. Immutable: a probe makes a new one.
/// Accuracy of a rung poorer than the best is the best's profiled accuracy times the posterior agreement with it; of richer rungs
/// it is the profile's. What probes prove bad bounds the poorer rungs too: they are not better for not having been probed.
/// </summary>
public sealed class KindCurve
{
    private readonly ImmutableArray<double> _prior;
    private readonly ImmutableArray<AgreementCounts> _counts; // by rung
    private readonly ImmutableArray<bool> _fits; // by rung: loses no more than it may

    private KindCurve(TokenLadder ladder, ImmutableArray<double> prior, double maxLoss, int bestRung, ImmutableArray<AgreementCounts> counts, ImmutableArray<bool> fits)
    {
        (Ladder, _prior, MaxLoss, BestRung, _counts, _fits) = (ladder, prior, maxLoss, bestRung, counts, fits);
        Accuracy = Corrected(prior, bestRung, counts);
        FloorRung = maxLoss == 0 ? ladder.Count - 1 : Poorest(fits, bestRung);
    }

    /// <summary>By rung, 0 to 1.</summary>
    public ImmutableArray<double> Accuracy { get; }

    /// <summary>The rung of best profiled accuracy: what probes are held against. The richest of equals, so that a model that was never measured is held against its largest budget.</summary>
    public int BestRung { get; }

    /// <summary>The poorest rung that loses at most the allowed share and has none between it and the best that loses more. The last rung where floors are off.</summary>
    public int FloorRung { get; }

    /// <summary>Whether any probe went into it.</summary>
    public bool IsProbed => _counts.Any(c => c.Probes > 0);

    private TokenLadder Ladder { get; }

    private double MaxLoss { get; }

    /// <summary>What the model's profile alone says.</summary>
    /// <param name="ladder">Budgets of the model.</param>
    /// <param name="prior">Profiled accuracy by rung.</param>
    /// <param name="maxLoss">Share of the best accuracy that may be lost; 0 for no floor.</param>
    public static KindCurve FromProfile(TokenLadder ladder, ImmutableArray<double> prior, double maxLoss)
    {
        var best = 0;
        for (var rung = 1; rung < ladder.Count; rung++)
        {
            best = prior[rung] > prior[best] ? rung : best;
        }

        // A rung richer than the profile's floor fits whatever its own number: sampling error bends curves.
        var floor = AccuracyCurve.FloorRung(prior.AsSpan(), maxLoss);
        return new(
            ladder,
            prior,
            maxLoss,
            best,
            [.. prior.Select(p => new AgreementCounts(prior[best] == 0 ? 1 : Math.Min(1, p / prior[best])))],
            [.. prior.Select((_, rung) => rung <= floor)]);
    }

    /// <summary>Probes at that rung, old ones faded.</summary>
    public double Probes(int rung) => _counts[rung].Probes;

    /// <summary>Posterior agreement of that rung's answers with the best rung's, 0 to 1.</summary>
    public double Agreement(int rung) => _counts[rung].Mean;

    /// <summary>The curve after one more probe of a rung poorer than the best.</summary>
    public KindCurve With(int rung, bool agrees)
    {
        var count = _counts[rung].With(agrees);

        // Only certainty moves a rung across the limit, so that a floor does not flap around it.
        var limit = 1 - MaxLoss;
        var fits = _fits[rung] ? count.UpperBound >= limit : count.LowerBound > limit;
        return new(Ladder, _prior, MaxLoss, BestRung, _counts.SetItem(rung, count), _fits.SetItem(rung, fits));
    }

    private static ImmutableArray<double> Corrected(ImmutableArray<double> prior, int bestRung, ImmutableArray<AgreementCounts> counts)
    {
        var accuracy = prior.ToBuilder();
        var most = 1d;
        for (var rung = bestRung + 1; rung < accuracy.Count; rung++)
        {
            accuracy[rung] = prior[bestRung] * Math.Min(most, counts[rung].Mean);
            most = counts[rung].Probes > 0 ? Math.Min(most, counts[rung].UpperBound) : most;
        }

        return accuracy.MoveToImmutable();
    }

    private static int Poorest(ImmutableArray<bool> fits, int bestRung)
    {
        var rung = bestRung;
        while (rung + 1 < fits.Length && fits[rung + 1])
        {
            rung++;
        }

        return rung;
    }
}
