using System.Text.Json;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Bench;

/// <summary>Results on disk: the plan, and one file per run. A run that is there is not run again.</summary>
internal sealed class BenchStore(string folder)
{
    private readonly string _plan = Path.Combine(folder, "plan.json");
    private readonly string _runs = Path.Combine(folder, "runs");

    public string Folder => folder;

    /// <summary>The plan that runs in this folder belong to, or null if it holds none.</summary>
    /// <param name="subject">What is measured now.</param>
    /// <exception cref="InvalidOperationException">They are of another subject, or nobody knows of which.</exception>
    public BenchPlan? ReadPlan(BenchSubject subject)
    {
        var plan = File.Exists(_plan) ? JsonSerializer.Deserialize(File.ReadAllBytes(_plan), BenchJson.Default.BenchPlan) : null;
        if (plan is null && !(Directory.Exists(_runs) && Directory.EnumerateFiles(_runs).Any()))
        {
            return null;
        }

        var difference = plan?.Subject is { } kept ? subject.DifferenceFrom(kept) : "its plan does not say of what";
        return difference is null
            ? plan
            : throw new InvalidOperationException($"{folder} holds results that are not this system's ({difference}). Name another folder with --out, or delete this one.");
    }

    public void WritePlan(BenchPlan plan)
    {
        Directory.CreateDirectory(_runs);
        File.WriteAllBytes(_plan, JsonSerializer.SerializeToUtf8Bytes(plan, BenchJson.Default.BenchPlan));
    }

    /// <summary>The run, if it is there and on that very workload.</summary>
    public PolicyRun? Read(BenchRun run, Workload workload)
    {
        var path = Path.Combine(_runs, run.FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            return RunJson.ReadRun(file, workload);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null; // Cut short, or of another plan: it is run again.
        }
    }

    /// <summary>What <c>/v1/status</c> said when the run had ended; null if that was not kept.</summary>
    public string? ReadStatus(BenchRun run) => File.Exists(StatusPath(run)) ? File.ReadAllText(StatusPath(run)) : null;

    public void WriteStatus(BenchRun run, string status) => File.WriteAllText(StatusPath(run), status);

    /// <summary>What the worker's engine measured of itself during the run; null if that was not kept.</summary>
    public RunPace? ReadPace(BenchRun run) =>
        File.Exists(PacePath(run)) ? JsonSerializer.Deserialize(File.ReadAllBytes(PacePath(run)), BenchJson.Default.RunPace) : null;

    public void WritePace(BenchRun run, RunPace pace) => File.WriteAllBytes(PacePath(run), JsonSerializer.SerializeToUtf8Bytes(pace, BenchJson.Default.RunPace));

    /// <summary>A file appears whole or not at all.</summary>
    public void Write(BenchRun run, PolicyRun result)
    {
        var path = Path.Combine(_runs, run.FileName);
        using (var file = File.Create(path + ".part"))
        {
            RunJson.Write(file, result);
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    private string PacePath(BenchRun run) => Path.Combine(_runs, run.FileName + ".pace");

    private string StatusPath(BenchRun run) => Path.Combine(_runs, run.FileName + ".status");
}
