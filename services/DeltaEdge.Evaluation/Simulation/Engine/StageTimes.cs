using DeltaEdge.Core.Profiles;
using DeltaEdge.Evaluation.Simulation.Replay;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation.Engine;

/// <summary>What a step takes in truth: the true profile's seconds, times a lognormal of mean 1, times the drift so far and the pace replayed.</summary>
internal sealed class StageTimes(LatencyProfile truth, double noise, double driftPerMinute, MeasuredPace? pace, Draws draws)
{
    public LatencyProfile Truth => truth;

    /// <summary>Time of a step that takes those seconds on average; never nothing.</summary>
    public TimeSpan Of(double seconds, TimeSpan now)
    {
        if (noise > 0)
        {
            seconds *= Math.Exp((noise * draws.Normal()) - (noise * noise / 2));
        }

        if (driftPerMinute > 0)
        {
            seconds *= 1 + (driftPerMinute * now.TotalMinutes);
        }

        if (pace is not null)
        {
            seconds *= pace.SpeedAt(now.TotalSeconds);
        }

        return new TimeSpan(Math.Max(1, (long)Math.Round(seconds * TimeSpan.TicksPerSecond)));
    }
}
