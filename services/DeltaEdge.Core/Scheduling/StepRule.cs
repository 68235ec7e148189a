namespace DeltaEdge.Core.Scheduling;

/// <summary>
/// Decode or take in new work? Decode goes first: an answer is a few tokens, each far cheaper than a prefill, so finishing what
/// has begun delays new work by little and frees a row. Two things turn that round: a waiting group that cannot afford the wait,
/// and a long answer, which after a burst of steps lets others join its batch. Pure.
/// </summary>
public static class StepRule
{
    public static bool DecodeFirst(in StepSituation situation, int burst)
    {
        if (situation.ActiveRows == 0 || !situation.Waiting || situation.FreeRows == 0)
        {
            return situation.ActiveRows > 0;
        }

        var headCannotWait = situation.HeadDeadline < situation.ActiveDeadline && situation.HeadSlackSeconds < situation.DecodeSecondsLeft;
        return !headCannotWait && situation.StepsSincePrefill < burst;
    }
}
