using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Capacity;

/// <summary>Fits a stage profile to what whole asks took, the engine's own overhead included.</summary>
public static class ProfileFit
{
    /// <summary>
    /// The profile whose seconds per frame are, at every rung, the median over the batches of what was measured, decode steps taken off.
    /// Frame, question and decode seconds are scaled alike, by what the poorest measured rung says; the rest is the prefix's.
    /// </summary>
    /// <param name="profile">Measured stage by stage; its correction is not used.</param>
    /// <param name="cells">At least one per rung of the ladder.</param>
    /// <param name="answerTokens">Decode steps of the answers that were measured.</param>
    public static LatencyProfile Fit(LatencyProfile profile, IReadOnlyCollection<MeasuredCell> cells, int answerTokens)
    {
        var last = profile.Ladder.Count - 1;
        double PerFrame(int rung, double scale) => Median(
            [.. cells.Where(c => c.Rung == rung).Select(c => (c.MedianSeconds - (scale * answerTokens * profile.DecodeStep(c.Batch))) / c.Batch)]);

        var scale = Median([.. cells.Where(c => c.Rung == last).Select(c => c.MedianSeconds / Predicted(profile, c, answerTokens))]);
        var beside = scale * (profile.FrameSeconds + profile.QuestionSeconds);
        var prefixes = new double[profile.Ladder.Count];
        for (var rung = last; rung >= 0; rung--)
        {
            prefixes[rung] = Math.Max(PerFrame(rung, scale) - beside, rung == last ? 0 : prefixes[rung + 1]);
        }

        return profile with
        {
            FrameSeconds = scale * profile.FrameSeconds,
            PrefixSeconds = [.. prefixes],
            QuestionSeconds = scale * profile.QuestionSeconds,
            DecodeStepSeconds = [.. profile.DecodeStepSeconds.Select(s => scale * s)],
            Correction = 1,
        };
    }

    /// <summary>Seconds of a slow frame over those of a typical one: the median over the cells of 95th percentile over median.</summary>
    public static double TailMargin(IReadOnlyCollection<MeasuredCell> cells) => Median([.. cells.Select(c => c.P95Seconds / c.MedianSeconds)]);

    private static double Predicted(LatencyProfile profile, MeasuredCell cell, int answerTokens) =>
        (cell.Batch * (profile.FrameSeconds + profile.PrefixSeconds[cell.Rung] + profile.QuestionSeconds)) + (answerTokens * profile.DecodeStep(cell.Batch));

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
