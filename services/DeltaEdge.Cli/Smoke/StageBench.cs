using System.Collections.Concurrent;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Cli.Smoke;

/// <summary>Latency by stage, one ask at a time, and requests per second with many in flight; every ask brings a frame of its own.</summary>
internal sealed class StageBench(IVisionEngine engine, MonotonicClock clock, IReadOnlyList<RgbImage> images)
{
    private const int InFlight = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private int _next;

    /// <param name="budget">Budget to measure.</param>
    /// <param name="repeats">Asks for the latencies.</param>
    /// <param name="throughputFor">How long to keep the engine full for requests per second.</param>
    public async Task<StagePoint> MeasureAsync(int budget, int repeats, TimeSpan throughputFor)
    {
        var outcomes = new List<AskOutcome>();
        for (var i = 0; i < repeats; i++)
        {
            outcomes.Add(await AskAsync(budget));
        }

        var perSecond = await ThroughputAsync(budget, throughputFor);
        return new StagePoint(
            budget, Median(outcomes, o => o.Latency.EncodeMs), Median(outcomes, o => o.Latency.ProjectMs),
            Median(outcomes, o => o.Latency.PrefillMs), Median(outcomes, o => o.Latency.DecodeMs), Median(outcomes, o => o.Latency.TotalMs), perSecond);
    }

    private async Task<double> ThroughputAsync(int budget, TimeSpan length)
    {
        var began = clock.Now;
        var answered = new ConcurrentBag<TimeSpan>();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            while (clock.Now - began < length)
            {
                var outcome = await AskAsync(budget);
                answered.Add(outcome.FinishedAt);
            }
        })));
        return answered.Count / (clock.Now - began).TotalSeconds;
    }

    private async Task<AskOutcome> AskAsync(int budget)
    {
        // A key of its own for every ask: a cached encoding would flatter the figures.
        var number = Interlocked.Increment(ref _next);
        var frame = new VisionFrame(new UInt128(0xBE7C, (ulong)number), images[number % images.Count]);
        var now = clock.Now;
        var outcome = await engine.AskAsync(new AskRequest
        {
            Frame = frame,
            Question = "Is there a red car?",
            Kind = QuestionKind.YesNo,
            Range = new BudgetRange(budget, budget),
            SlaClass = "flex",
            CapturedAt = now,
            Deadline = now + Patience,
            MaxNewTokens = 16,
        }, CancellationToken.None);
        return outcome.Status == AskStatus.OnTime ? outcome : throw new InvalidOperationException($"The engine ended an ask as {outcome.Status}: {outcome.Error}");
    }

    private static double Median(List<AskOutcome> outcomes, Func<AskOutcome, double> value)
    {
        var sorted = outcomes.Select(value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
