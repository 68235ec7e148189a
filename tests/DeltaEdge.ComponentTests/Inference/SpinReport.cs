using System.Diagnostics;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Preprocessing;
using DeltaEdge.Inference.Running;
using DeltaEdge.Inference.Sessions;
using DeltaEdge.ModelCompiler;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Not a check but a measurement, run by name: what spinning buys in latency and costs in processor time, interleaved.</summary>
public sealed class SpinReport(ITestOutputHelper output)
{
    private const int Rounds = 15;
    private static readonly (int Threads, int Spin)[] Variants = [(1, 0), (2, 0), (2, 50), (2, 200), (2, 1000), (2, 20_000)];

    [Fact(Explicit = true)]
    public void Nano()
    {
        var model = EngineModel.FromPackage(ModelFixtures.Nano, ModelPackageCompiler.Compile(ModelFixtures.Nano));
        var stages = new[] { "encode", "prefill 576", "prefill 16", "64 steps" };
        var runners = Variants.Select(v => Open(model, v.Threads, v.Spin)).ToList();
        var times = Variants.Select(_ => stages.Select(_ => new List<double>()).ToList()).ToList();
        var processor = new double[Variants.Length];
        var random = new Random(1);
        using var process = Process.GetCurrentProcess();
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var v in Enumerable.Range(0, Variants.Length).OrderBy(_ => random.Next()))
            {
                process.Refresh();
                var before = process.TotalProcessorTime;
                var taken = Run(runners[v].Runner, runners[v].Frame);
                Pause(); // What still spins is counted, and does not disturb the next.
                process.Refresh();
                if (round >= 0)
                {
                    processor[v] += (process.TotalProcessorTime - before).TotalMilliseconds / Rounds;
                    for (var s = 0; s < stages.Length; s++)
                    {
                        times[v][s].Add(taken[s]);
                    }
                }
            }
        }

        for (var v = 0; v < Variants.Length; v++)
        {
            var medians = stages.Select((name, s) => $"{name} {times[v][s].Order().ElementAt(Rounds / 2),7:f2} (best {times[v][s].Min():f2})");
            output.WriteLine($"{Variants[v].Threads} threads, spin {Variants[v].Spin,5} us: {string.Join("  ", medians)}  processor {processor[v]:f0} ms");
            runners[v].Frame.Dispose();
            runners[v].Runner.Dispose();
        }
    }

    private static double[] Run(ModelRunner runner, EncodedFrame frame)
    {
        var image = new RgbImage(336, 336, new byte[336 * 336 * 3]);
        int[] question = [259, 13, 713, 534, 420, 395, 654, 322, 340, 325];
        return
        [
            Time(() => runner.Encode(image, frame)),
            Time(() => Prefill(576)),
            Time(() => Prefill(16)),
            Time(() =>
            {
                for (var i = 0; i < 64; i++)
                {
                    runner.SetStep(0, 700, 30 + i);
                    runner.Step(1);
                }
            }),
        ];

        void Prefill(int budget)
        {
            runner.Project(frame, budget);
            runner.PrefillPrompt(budget, question, 0);
        }
    }

    private static double Time(Action run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Pause()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromMilliseconds(100));
    }

    private static (ModelRunner Runner, EncodedFrame Frame) Open(EngineModel model, int threads, int spin)
    {
        var runner = new ModelRunner(
            model.Compiled,
            [1, 370, 325, 259],
            new PixelNormalizer(model.Manifest.Normalisation.Mean.AsSpan(), model.Manifest.Normalisation.Deviation.AsSpan()),
            new SessionFactory([ExecutionProviders.Cpu], threads, spin, NullLogger.Instance, shared: false),
            slots: 1,
            prefixes: 0,
            textTokens: 160);
        return (runner, runner.CreateFrame());
    }
}
