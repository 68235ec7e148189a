using System.Diagnostics;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Not a check but a measurement, run by name: latency of every stage at every budget on the nano shape.</summary>
public sealed class StageLatencyReport(ITestOutputHelper output)
{
    private const int TextTokens = 20;
    private const int DecodeSteps = 2;
    private const int Rounds = 21;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    public void NanoShape(int threads)
    {
        var directory = Directory.CreateTempSubdirectory("deltaedge-nano-");
        try
        {
            new SyntheticPackage().Write(directory.FullName);
            var clock = Stopwatch.StartNew();
            var model = ModelPackageCompiler.Compile(directory.FullName);
            var compileMs = clock.ElapsedMilliseconds;
            clock.Restart();
            model = ModelPackageCompiler.Compile(directory.FullName);
            output.WriteLine($"{threads} threads; compile {compileMs} ms, found again in {clock.ElapsedMilliseconds} ms");
            Measure(model, threads);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private void Measure(CompiledModel model, int threads)
    {
        var clock = Stopwatch.StartNew();
        using var encoder = new StageRunner(model, model.Encoder, threads);
        using var memory = new StageRunner(model, model.ProjectorMemory, threads);
        var queries = model.Ladder.ToDictionary(k => k, k => new StageRunner(model, model.ProjectorQueries[k], threads));
        using var decoder = new DecoderRunner(model, slots: 1, cacheLength: 768, threads);
        output.WriteLine($"sessions created in {clock.ElapsedMilliseconds} ms");

        var pixels = RandomValues(3 * model.Vision.ImageSize * model.Vision.ImageSize);
        var features = encoder.Run(pixels);
        var shared = memory.Run(features["features"]);
        var hidden = model.Language.HiddenSize;
        var stages = new List<(string Name, Action Run)>
        {
            ("encoder", () => encoder.Run(pixels)),
            ("memory", () => memory.Run(features["features"])),
        };
        foreach (var k in model.Ladder)
        {
            var prompt = RandomValues((k + TextTokens) * hidden);
            var step = RandomValues(hidden);
            stages.Add(($"query {k}", () => queries[k].Run(features["query_level"], shared["keys"], shared["values"])));
            stages.Add(($"prefill {k}", () => decoder.Run(0, prompt, k + TextTokens)));
            stages.Add(($"decode {k}", () => decoder.Run(0, step, k + TextTokens + 1)));
        }

        var medians = Interleave(stages);
        var frame = medians["encoder"] + medians["memory"];
        output.WriteLine($"encoder {medians["encoder"]:f2} ms, memory {medians["memory"]:f2} ms");
        double Total(int k) => frame + medians[$"query {k}"] + medians[$"prefill {k}"] + (DecodeSteps * medians[$"decode {k}"]);
        foreach (var k in model.Ladder)
        {
            output.WriteLine(
                $"K={k,3}: query {medians[$"query {k}"],6:f2}  prefill({k + TextTokens}) {medians[$"prefill {k}"],6:f2}"
                + $"  step {medians[$"decode {k}"],5:f2}  total {Total(k),6:f2} ms  over K=1: {Total(k) / Total(1):f2}");
        }

        foreach (var query in queries.Values)
        {
            query.Dispose();
        }
    }

    // Rounds over all stages in random order: the machine's speed drifts, so neighbours in time are compared.
    private static Dictionary<string, double> Interleave(List<(string Name, Action Run)> stages)
    {
        var random = new Random(1);
        var times = stages.ToDictionary(s => s.Name, _ => new List<double>());
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var (name, run) in stages.OrderBy(_ => random.Next()))
            {
                run();
                var start = Stopwatch.GetTimestamp();
                run();
                if (round >= 0)
                {
                    times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        return times.ToDictionary(t => t.Key, t => t.Value.Order().ElementAt(Rounds / 2));
    }

    private static float[] RandomValues(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }
}
