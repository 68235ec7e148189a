using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Placement;

/// <summary>A worker's weight: frames per second that it could answer one question about at its middle budget.</summary>
public static class WorkerWeight
{
    private const int AnswerTokens = 8;
    private const double StepsPerOctave = 2;

    /// <summary>
    /// In steps of a factor of √2, from the profile as it was measured: two measurements of the same machine, or a correction while
    /// it runs, are no reason to move a camera.
    /// </summary>
    public static double Of(LatencyProfile profile)
    {
        var seconds = (profile with { Correction = 1 }).PredictGroup(profile.Ladder.Count / 2, frameCached: false, questions: 1, AnswerTokens);
        return seconds > 0 && double.IsFinite(seconds) ? double.Exp2(Math.Round(-Math.Log2(seconds) * StepsPerOctave) / StepsPerOctave) : 1;
    }
}
