using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Cli.Capacity;

/// <summary>
/// Tries an answer out on the real engine: synthetic cameras with phases and jitter of their own, open loop. A frame is asked about
/// when it is due, whether or not earlier ones have been answered; nothing is dropped for a newer one.
/// </summary>
internal sealed class CapacityTrial(SampleAsker asker, IVisionEngine engine, MonotonicClock clock)
{
    /// <summary>A frame comes up to this share of its period early or late.</summary>
    private const double Jitter = 0.1;

    private const int Seed = 1;

    public async Task<TrialResult> RunAsync(CapacitySettings settings, int budget, int streams, CancellationToken cancellationToken)
    {
        var deadline = TimeSpan.FromMilliseconds(settings.DeadlineMs);
        var busy = engine.Status.BusySeconds;
        var began = clock.Now;
        var frames = new List<Task<(double Seconds, int OnTime)>>();
        foreach (var due in Schedule(settings, streams))
        {
            var wait = began + due - clock.Now;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock.Provider, cancellationToken);
            }

            frames.Add(FrameAsync(settings, budget, began + due, deadline));
        }

        var results = await Task.WhenAll(frames);
        var elapsed = Math.Max(settings.VerifySeconds, (clock.Now - began).TotalSeconds);
        var seconds = results.Select(r => r.Seconds).Order().ToArray();
        return new(
            streams, settings.VerifySeconds, results.Length, (double)results.Sum(r => r.OnTime) / (results.Length * settings.Questions.Length),
            (engine.Status.BusySeconds - busy) / elapsed, Milliseconds(seconds, 0.5), Milliseconds(seconds, 0.99));
    }

    private static IEnumerable<TimeSpan> Schedule(CapacitySettings settings, int streams)
    {
        var random = new Random(Seed);
        var period = 1 / settings.FramesPerSecond;
        var due = new List<double>();
        for (var stream = 0; stream < streams; stream++)
        {
            for (var at = random.NextDouble() * period; at < settings.VerifySeconds; at += period)
            {
                due.Add(Math.Max(0, at + (Jitter * period * ((2 * random.NextDouble()) - 1))));
            }
        }

        return due.Order().Select(TimeSpan.FromSeconds);
    }

    /// <summary>Seconds from when the frame was due to its last answer, infinity if one did not come, and how many were on time.</summary>
    private async Task<(double Seconds, int OnTime)> FrameAsync(CapacitySettings settings, int budget, TimeSpan capturedAt, TimeSpan deadline)
    {
        var frame = asker.NextFrame();
        var asks = settings.Questions.Select(kind => asker.AskAsync(frame, kind, budget, capturedAt, deadline).AsTask()).ToArray();
        var (seconds, onTime) = (0d, 0);
        foreach (var outcome in await Task.WhenAll(asks))
        {
            onTime += outcome.Status == AskStatus.OnTime ? 1 : 0;
            seconds = Math.Max(seconds, outcome.Status is AskStatus.OnTime or AskStatus.Late ? (outcome.FinishedAt - capturedAt).TotalSeconds : double.PositiveInfinity);
        }

        return (seconds, onTime);
    }

    private static double? Milliseconds(double[] sorted, double p)
    {
        var value = sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Length) - 1, 0, sorted.Length - 1)];
        return double.IsFinite(value) ? Math.Round(1000 * value, 1) : null;
    }
}
