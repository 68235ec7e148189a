using DeltaEdge.Cli.Load;
using DeltaEdge.Core.Time;

namespace DeltaEdge.Cli.Smoke;

/// <summary>The step-load experiment: a light load, a heavy one, the light one again, as one open-loop run through the gateway.</summary>
internal sealed class StepLoad(LoadGenerator generator, MonotonicClock clock, double capacity)
{
    public static readonly (string Name, double Load, int Seconds)[] Plan = [("before", 0.4, 10), ("during", 3.5, 12), ("after", 0.4, 16)];

    /// <param name="progress">Called each second with the phase's name.</param>
    /// <param name="cancellationToken">Ends the experiment early.</param>
    public async Task<(StepPhase[] Phases, StepSecond[] Seconds, double? FirstStepDownMs)> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var results = new List<LoadResult>();
        var began = clock.Now;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = generator.RunAsync(() => capacity * PhaseAt(clock.Now - began).Load, r =>
        {
            lock (results)
            {
                results.Add(r);
            }
        }, end.Token);
        var total = Plan.Sum(p => p.Seconds);
        using (var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock.Provider))
        {
            for (var second = 0; second < total && await timer.WaitForNextTickAsync(cancellationToken); second++)
            {
                progress($"{PhaseAt(clock.Now - began).Name}, second {second + 1} of {total}");
            }
        }

        await end.CancelAsync();
        await running;
        return Summarise(results);
    }

    private (StepPhase[], StepSecond[], double?) Summarise(List<LoadResult> results)
    {
        results.Sort((a, b) => a.SentAt.CompareTo(b.SentAt));
        var phases = new List<StepPhase>();
        var from = 0;
        foreach (var (name, load, seconds) in Plan)
        {
            var end = from + seconds;
            var some = results.FindAll(r => r.SentAt.TotalSeconds >= from && r.SentAt.TotalSeconds < end);
            phases.Add(new StepPhase(name, capacity * load, load, Budget(some), Rank(some, 0.5), Rank(some, 0.95), Attainment(some), some.Count(r => r.IsRefused), some.Count));
            from = end;
        }

        return (phases.ToArray(), PerSecond(results, from), FirstDownMs(results, Plan[0].Seconds));
    }

    /// <summary>The experiment's seconds, those without an ask among them.</summary>
    internal static StepSecond[] PerSecond(List<LoadResult> results, int seconds) =>
    [
        .. Enumerable.Range(0, seconds).Select(second =>
        {
            var some = results.FindAll(r => (int)r.SentAt.TotalSeconds == second);
            var isAnswered = some.Exists(r => r.Status == 200);
            return new StepSecond(second, some.Count, isAnswered ? Budget(some) : null, isAnswered ? Rank(some, 0.95) : null, some.Count > 0 ? Attainment(some) : null);
        }),
    ];

    /// <summary>Milliseconds after the step that the first ask was sent whose budget is smaller than any before the step; null if there is none such.</summary>
    /// <param name="results">By when they were sent.</param>
    /// <param name="step">Seconds after the begin.</param>
    internal static double? FirstDownMs(IReadOnlyList<LoadResult> results, int step)
    {
        var answered = results.Where(r => r.Status == 200).ToLookup(r => r.SentAt.TotalSeconds >= step);
        var least = answered[false].Select(r => r.Budget).DefaultIfEmpty(0).Min();
        return answered[true].Where(r => r.Budget < least).Select(r => (double?)(r.SentAt.TotalSeconds - step) * 1000).FirstOrDefault();
    }

    private static (string Name, double Load, int Seconds) PhaseAt(TimeSpan elapsed)
    {
        var from = 0;
        foreach (var phase in Plan)
        {
            from += phase.Seconds;
            if (elapsed.TotalSeconds < from)
            {
                return phase;
            }
        }

        return Plan[^1];
    }

    private static double Budget(List<LoadResult> some) => some.Exists(r => r.Status == 200) ? some.Where(r => r.Status == 200).Average(r => r.Budget) : 0;

    private static double Attainment(List<LoadResult> some) => some.Count == 0 ? 1 : (double)some.Count(r => r.OnTime) / some.Count;

    private static double Rank(List<LoadResult> some, double p)
    {
        var sorted = some.Where(r => r.Status == 200).Select(r => r.LatencyMs).Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
