using DeltaEdge.Core.Planning;

namespace DeltaEdge.Core.Routing;

/// <summary>
/// Predicts when a worker would answer one more ask: what it reported as backlog, plus what was sent to it since that report,
/// plus the ask itself at the budget the worker spends now.
/// </summary>
public static class CompletionTimePredictor
{
    /// <param name="report">The worker's latest heartbeat.</param>
    /// <param name="sentSince">Asks forwarded to it since that heartbeat, still in flight.</param>
    /// <returns>Seconds until the answer.</returns>
    public static double Predict(WorkerReport report, int sentSince)
    {
        var ladder = report.Profile.Ladder;
        var rung = ladder.RungAtMost(report.CurrentBudget > 0 ? report.CurrentBudget : ladder.Largest);
        var ask = report.Profile.PredictGroup(rung, frameCached: false, questions: 1, answerTokens: 2, report.ActiveRows);
        return report.BacklogSeconds + ((sentSince + 1) * ask);
    }
}
