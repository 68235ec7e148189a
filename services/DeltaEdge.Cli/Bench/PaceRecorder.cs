using DeltaEdge.Core.Time;
using DeltaEdge.Evaluation.Simulation.Replay;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Cli.Bench;

/// <summary>Reads an engine's counters over a run.</summary>
internal static class PaceRecorder
{
    /// <summary>Long enough for some steps, short beside what a queue takes to build up.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads at once, then every period, and once more when it is told that the run has ended.</summary>
    /// <param name="engine">Whose counters.</param>
    /// <param name="clock">Times count from this call.</param>
    /// <param name="ended">The run's end.</param>
    public static async Task<RunPace> RecordAsync(IVisionEngine engine, MonotonicClock clock, CancellationToken ended)
    {
        var began = clock.Now;
        var samples = new List<PaceSample> { Read() };
        using var timer = new PeriodicTimer(Period, clock.Provider);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                samples.Add(Read());
            }
        }
        catch (OperationCanceledException)
        {
            samples.Add(Read());
        }

        return new([.. samples], engine.Status.FrameCapacity, engine.Status.AnswerTokens);

        PaceSample Read()
        {
            var status = engine.Status;
            return new((clock.Now - began).TotalSeconds, engine.Profile.Correction, status.Steps, status.Asks, status.ApproachSeconds);
        }
    }
}
