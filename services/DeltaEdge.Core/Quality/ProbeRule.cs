using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Quality;

/// <summary>
/// When a probe may go to the engine, and what it asks. A step of the engine cannot be interrupted, so whoever arrives just after a
/// probe began waits for it: hence only when nothing is there, little was there in the last second, and the probe is short. Pure.
/// </summary>
public static class ProbeRule
{
    /// <summary>Share of the engine's time beyond which nothing is probed; probes count in it, so it bounds their own share too.</summary>
    public const double MostBusy = 0.3;

    /// <param name="situation">The engine now.</param>
    /// <param name="share">Share of the tightest deadline that a probe may take.</param>
    public static bool MayAsk(in ProbeSituation situation, double share) =>
        situation is { QueueDepth: 0, ActiveRows: 0, BusyRatio: <= MostBusy }
        && situation.PredictedSeconds <= share * situation.TightestDeadlineSeconds;

    /// <summary>
    /// Which budget to hold against the best one: the one that the answer was given, or, if that is a floor which probes have raised,
    /// in turn the budget next below it. Nothing below a floor is served any more, so only so can it fall again.
    /// </summary>
    /// <param name="ladder">Budgets of the model.</param>
    /// <param name="curve">Of the answer's stream and kind.</param>
    /// <param name="given">Visual tokens that the answer was given.</param>
    /// <returns>The budget to test; null if there is nothing to learn.</returns>
    public static int? Tested(TokenLadder ladder, KindCurve curve, int given)
    {
        var (rung, below) = (ladder.RungAtMost(given), curve.FloorRung + 1);
        if (rung == curve.FloorRung && below < ladder.Count && curve.Probes(below) > 0 && (rung == curve.BestRung || curve.Probes(below) <= curve.Probes(rung)))
        {
            return ladder[below];
        }

        return rung > curve.BestRung ? ladder[rung] : null;
    }
}
