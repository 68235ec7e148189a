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

/// <summary>
/// Not a check but a measurement of the engine on models/nano, run by name. DELTAEDGE_SPIN sets the microseconds that threads
/// spin, DELTAEDGE_THREADS how many there are, DELTAEDGE_PROVIDER the execution provider (default: the first that the machine has).
/// </summary>
public sealed class EngineReport(ITestOutputHelper output)
{
    private const int Rounds = 15;
    private static int _frame;

    [Fact(Explicit = true)]
    public async Task Nano()
    {
        var options = new EngineOptions
        {
            SpinMicroseconds = int.Parse(Environment.GetEnvironmentVariable("DELTAEDGE_SPIN") ?? "0"),
            Threads = int.Parse(Environment.GetEnvironmentVariable("DELTAEDGE_THREADS") ?? "2"),
        };
        if (Environment.GetEnvironmentVariable("DELTAEDGE_PROVIDER") is { } provider)
        {
            options.Providers.Add(provider);
        }

        var log = new CollectedLog();
        var clock = new MonotonicClock(TimeProvider.System);
        var model = EngineModel.FromPackage(ModelFixtures.Nano, ModelPackageCompiler.Compile(ModelFixtures.Nano));
        using var metrics = new CollectedMetrics();
        var started = Stopwatch.StartNew();
        var engine = new EngineStarter(options, clock, metrics, log).Start(model);
        output.WriteLine(log.Lines[^1]);
        output.WriteLine($"spin {options.SpinMicroseconds} us, {options.Threads} threads; start with measuring or recalling {started.ElapsedMilliseconds} ms");
        await engine.DisposeAsync();
        started.Restart();
        engine = new EngineStarter(options, clock, metrics, NullLogger<EngineStarter>.Instance).Start(model);
        output.WriteLine($"start, profile recalled {started.ElapsedMilliseconds} ms");
        var profile = engine.Profile;
        output.WriteLine($"frame {profile.FrameSeconds * 1e3:f2} ms, question {profile.QuestionSeconds * 1e3:f2} ms, steps {string.Join(" ", profile.DecodeStepSeconds.Select(s => (s * 1e3).ToString("f2")))} ms");
        output.WriteLine($"prefixes {string.Join(" ", profile.PrefixSeconds.Select(s => (s * 1e3).ToString("f2")))} ms");

        await MeasureAsync(engine, clock);
        await MeasureAllocationAsync(engine, clock);
        await MeasureIdleAsync();
        await engine.DisposeAsync();
    }

    private async Task MeasureAsync(IVisionEngine engine, MonotonicClock clock)
    {
        var cases = new List<(string Name, Func<Task> Run)>();
        foreach (var budget in engine.Ladder.Budgets)
        {
            cases.Add(($"fresh {budget}", () => Ask(engine, clock, Fresh(), budget, 1)));
        }

        var kept = Fresh();
        await Ask(engine, clock, kept, 576, 1);
        cases.Add(("8 questions at 576", () => Task.WhenAll(AskMany(engine, clock, Fresh(), 576, 8))));
        cases.Add(("8 frames at 576", () => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Ask(engine, clock, Fresh(), 576, 1)))));
        cases.Add(("8 frames at 1", () => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Ask(engine, clock, Fresh(), 1, 1)))));
        cases.Add(("32 tokens at 16", () => Ask(engine, clock, kept, 16, 32)));
        cases.Add(("kept frame at 16", () => Ask(engine, clock, kept, 16, 1)));
        cases.Add(("kept frame at 1", () => Ask(engine, clock, kept, 1, 1)));

        var random = new Random(1);
        var times = cases.ToDictionary(c => c.Name, _ => new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var (name, run) in cases.OrderBy(_ => random.Next()))
            {
                var start = Stopwatch.GetTimestamp();
                await run();
                if (round >= 0)
                {
                    times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        foreach (var (name, _) in cases)
        {
            var sorted = times[name].Order().ToList();
            output.WriteLine($"{name,-20} median {sorted[Rounds / 2],8:f2} ms  [{sorted[Rounds / 5]:f2} .. {sorted[Rounds * 4 / 5]:f2}]");
        }

        output.WriteLine($"correction at the end {engine.Profile.Correction:f2}");
    }

    private async Task MeasureAllocationAsync(IVisionEngine engine, MonotonicClock clock)
    {
        var frame = Fresh();
        for (var i = 0; i < 50; i++)
        {
            await Ask(engine, clock, frame, 1, 1);
        }

        const int Asks = 200;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Asks; i++)
        {
            await Ask(engine, clock, frame, 1, 1);
        }

        output.WriteLine($"allocated per ask, request and outcome included: {(GC.GetTotalAllocatedBytes(precise: true) - before) / Asks} bytes");
    }

    // The process's processor time over two quiet seconds, after the pool has had time to fall asleep.
    private async Task MeasureIdleAsync()
    {
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < 3; i++)
        {
            process.Refresh();
            var (wall, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
            await Task.Delay(TimeSpan.FromMilliseconds(i == 0 ? 200 : 2000), TimeProvider.System);
            process.Refresh();
            output.WriteLine($"idle: {(process.TotalProcessorTime - cpu).TotalMilliseconds:f0} ms of processor in {wall.ElapsedMilliseconds} ms");
        }
    }

    private static VisionFrame Fresh()
    {
        var pixels = new byte[336 * 336 * 3];
        new Random(++_frame).NextBytes(pixels);
        return new VisionFrame((UInt128)_frame, new RgbImage(336, 336, pixels));
    }

    private static IEnumerable<Task> AskMany(IVisionEngine engine, MonotonicClock clock, VisionFrame frame, int budget, int questions) =>
        Enumerable.Range(0, questions).Select(_ => Ask(engine, clock, frame, budget, 1));

    private static async Task Ask(IVisionEngine engine, MonotonicClock clock, VisionFrame frame, int budget, int tokens)
    {
        var outcome = await engine.AskAsync(
            new AskRequest
            {
                Frame = frame,
                Question = "How many cars are there?",
                Kind = QuestionKind.Count,
                Range = new(budget, budget),
                SlaClass = "default",
                CapturedAt = clock.Now,
                Deadline = clock.Now + TimeSpan.FromMinutes(10),
                MaxNewTokens = tokens + 1,
            },
            default);
        Assert.Equal(AskStatus.OnTime, outcome.Status);
    }
}
