namespace DeltaEdge.Core.Scheduling;

/// <summary>
/// Decode or take in new work? A decode step costs little more for several rows than for one, so while others wait and the active
/// rows' deadlines allow it, rows are gathered first. Otherwise decode goes first: an answer is a few tokens, each far cheaper than
/// a prefill, so finishing what has begun delays new work by little and frees a row. Two things turn that round: a waiting group that
/// can be on time but not afford the wait, and a long answer, which after a burst of steps lets others join its batch if it has the time. Pure.
/// </summary>
public static class StepRule
{
    /// <summary>Gathering stops when less than this many times the time still needed is left.</summary>
    private const double Ease = 1.5;

    /// <param name="situation">What waits and what decodes.</param>
    /// <param name="burst">Decode steps after which others may join.</param>
    /// <param name="batch">Rows worth gathering.</param>
    public static bool DecodeFirst(in StepSituation situation, int burst, int batch)
    {
        if (situation.ActiveRows == 0 || !situation.Waiting || situation.FreeRows == 0)
        {
            return situation.ActiveRows > 0;
        }

        var gather = situation.ActiveRows < batch && situation.ActiveSlackSeconds > Ease * (situation.HeadSeconds + situation.DecodeSecondsLeft);
        var headCannotWait = situation.HeadDeadline < situation.ActiveDeadline
            && situation.HeadSlackSeconds >= 0 && situation.HeadSlackSeconds < situation.DecodeSecondsLeft;
        var joins = situation.StepsWhileWaiting >= burst && situation.ActiveSlackSeconds > situation.HeadSeconds + situation.DecodeSecondsLeft;
        return !gather && !headCannotWait && !joins;
    }
}
