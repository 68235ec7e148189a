using System.Diagnostics;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Engine;
using DeltaEdge.ModelCompiler;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Not a check but a measurement, run by name: Poisson arrivals of fresh frames, 500 ms deadline, at rising rates, on models/nano.</summary>
public sealed class OverloadReport(ITestOutputHelper output)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);

    [Fact(Explicit = true)]
    public async Task Nano()
    {
        var clock = new MonotonicClock(TimeProvider.System);
        var model = EngineModel.FromPackage(ModelFixtures.Nano, ModelPackageCompiler.Compile(ModelFixtures.Nano));
        foreach (var policy in (string[])["slack", "fixed-576", "fixed-1"])
        {
            using var metrics = new CollectedMetrics();
            await using var engine = new EngineStarter(new EngineOptions { Threads = 2, Policy = policy }, clock, metrics, NullLogger<EngineStarter>.Instance).Start(model);
            var profile = engine.Profile;
            var capacity = 1 / profile.PredictGroup(0, false, 1, 2);
            output.WriteLine($"{policy}: capacity at 576 {capacity:f1}/s, at 1 {1 / profile.PredictGroup(profile.Ladder.Count - 1, false, 1, 2):f1}/s");
            foreach (var load in (double[])[0.5, 1, 2, 3, 4, 6])
            {
                await RunAsync(engine, clock, load, load * capacity);
            }
        }
    }

    private async Task RunAsync(IVisionEngine engine, MonotonicClock clock, double load, double rate)
    {
        var random = new Random(5);
        var images = Enumerable.Range(0, 4).Select(seed =>
        {
            var pixels = new byte[336 * 336 * 3];
            new Random(seed).NextBytes(pixels);
            return new RgbImage(336, 336, pixels);
        }).ToArray();
        var asks = new List<Task<AskOutcome>>();
        var start = clock.Now;
        for (var next = start; next < start + Duration; next += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / rate))
        {
            if (next > clock.Now)
            {
                await Task.Delay(next - clock.Now, TimeProvider.System);
            }

            asks.Add(engine.AskAsync(
                new AskRequest
                {
                    Frame = new VisionFrame(((UInt128)Stopwatch.GetTimestamp() << 32) + (UInt128)asks.Count, images[asks.Count % 4]),
                    Question = "How many cars are there?",
                    Kind = QuestionKind.Count,
                    Range = new(1, 576),
                    SlaClass = "default",
                    CapturedAt = next,
                    Deadline = next + TimeSpan.FromMilliseconds(500),
                },
                default).AsTask());
        }

        var outcomes = await Task.WhenAll(asks);
        var answered = outcomes.Where(o => o.Status is AskStatus.OnTime or AskStatus.Late).ToList();
        var latencies = answered.Select(o => o.Latency.TotalMs).Order().ToList();
        double Share(AskStatus status) => 100.0 * outcomes.Count(o => o.Status == status) / outcomes.Length;
        output.WriteLine(
            $"  load {load:f1} ({rate,5:f1}/s): on time {Share(AskStatus.OnTime),5:f1} %  late {Share(AskStatus.Late):f1}  expired {Share(AskStatus.Expired):f1}  refused {Share(AskStatus.Overloaded),4:f1}"
            + $"  mean budget {answered.DefaultIfEmpty(new AskOutcome { Status = AskStatus.Failed }).Average(o => o.Budget),5:f0}"
            + (latencies.Count > 0 ? $"  p50 {latencies[latencies.Count / 2],5:f0} p95 {latencies[latencies.Count * 95 / 100],5:f0} ms" : "")
            + $"  correction {engine.Profile.Correction:f2}");
    }
}
