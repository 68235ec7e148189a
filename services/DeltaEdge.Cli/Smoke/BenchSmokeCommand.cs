using System.CommandLine;
using System.Text.Json;
using DeltaEdge.Cli.Load;
using DeltaEdge.Cli.Up;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Smoke;

/// <summary><c>deltaedge bench-smoke</c>: latency by stage and budget, requests/s by budget, and the step-load experiment.</summary>
internal static class BenchSmokeCommand
{
    private const string SlaClass = "priority";
    private const int MostRepeats = 1000;

    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "Model package; default: the one that ships." };
        var output = new Option<string>("--out") { Description = "Folder for report.md, report.json and step-load.svg.", DefaultValueFactory = _ => "artifacts/bench-smoke" };
        var repeats = new Option<int>("--repeats") { Description = "Asks per budget for the latencies.", DefaultValueFactory = _ => 15 };
        var command = new Command("bench-smoke", "Measure this machine in about a minute: latency by stage and budget, requests per second, and a step of load.") { model, output, repeats };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(model), parsed.GetValue(output)!, parsed.GetValue(repeats), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? model, string output, int repeats, CancellationToken cancellationToken)
    {
        if (repeats is < 1 or > MostRepeats)
        {
            Console.Error.WriteLine($"--repeats is {repeats}; allowed: 1 to {MostRepeats}.");
            return 1;
        }

        var package = ModelLocation.Find(model);
        await using var system = await EmbeddedSystem.StartAsync(new EmbeddedOptions(package, "127.0.0.1", 0, new Dictionary<string, string?>()), cancellationToken);
        var engine = system.Engine;
        var jpegs = new List<byte[]>();
        foreach (var camera in DemoCameras.All)
        {
            jpegs.AddRange(await ClipFrames.ReadAsync(Path.Combine(ModelLocation.Clips(package), camera.Clip), framesPerSecond: 1, cancellationToken));
        }

        var stageBench = new StageBench(engine, system.Clock, jpegs.ConvertAll(j => Decode(j, engine.ImageSize)));
        var stages = new List<StagePoint>();
        foreach (var budget in engine.Ladder.Budgets)
        {
            Console.WriteLine($"Measuring {budget} visual tokens …");
            stages.Add(await stageBench.MeasureAsync(budget, repeats, TimeSpan.FromSeconds(3)));
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var items = await LoadItems.BuildAsync(ModelLocation.Clips(package), SlaClass, "auto", cancellationToken);
        var generator = new LoadGenerator(http, new Uri(system.Gateway, "/v1/chat/completions"), items, system.Clock, seed: 1);
        var (phases, seconds, firstDown) = await new StepLoad(generator, system.Clock, stages[0].RequestsPerSecond)
            .RunAsync(p => Console.WriteLine($"Step load: {p}"), cancellationToken);

        var report = new SmokeReport(
            engine.ModelName, Processor(), Environment.ProcessorCount, system.Sla.Find(SlaClass)!.DeadlineMs,
            [.. stages], stages[0].TotalMs / stages[^1].TotalMs, phases, seconds, firstDown);
        Directory.CreateDirectory(output);
        var table = SmokeTable.Write(report);
        await File.WriteAllTextAsync(Path.Combine(output, "report.md"), table, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(output, "report.json"), JsonSerializer.Serialize(report, SmokeJson.Default.SmokeReport), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(output, "step-load.svg"), StepFigure.Draw(report), cancellationToken);
        Console.WriteLine();
        Console.WriteLine(table);
        Console.WriteLine($"Written: {output}/report.md, report.json, step-load.svg");
        return 0;
    }

    private static RgbImage Decode(byte[] jpeg, int side)
    {
        var image = ImageDecoder.Decode(jpeg, new ImageLimits(), side).TryGet(out var decoded, out var error) ? decoded : throw new InvalidOperationException(error.Message);
        return ModelInput.Fit(image, side);
    }

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? "unknown processor";
    }
}
