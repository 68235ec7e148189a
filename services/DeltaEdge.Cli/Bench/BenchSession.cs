using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Cli.Keys;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Time;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Bench;

/// <summary>Runs what a plan still lacks, one run after the other, and says how far it is.</summary>
/// <param name="plan">What to run.</param>
/// <param name="store">Where results are kept.</param>
/// <param name="frames">Graded frames.</param>
/// <param name="csv">A workload of the user's own, in place of a name; null without.</param>
/// <param name="start">Starts, or finds, the system for a policy.</param>
internal sealed class BenchSession(
    BenchPlan plan, BenchStore store, ImmutableArray<BenchFrame> frames, Func<int, Workload>? csv, Func<string, CancellationToken, Task<BenchTarget>> start)
{
    public const string CsvName = "csv";

    /// <summary>Asks sent before a run, so that connections stand and code is compiled; not counted.</summary>
    private const int WarmUpAsks = 12;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    /// <summary>All runs of the plan, in its order.</summary>
    public async Task<IReadOnlyList<PolicyRun>> RunAsync(CancellationToken cancellationToken)
    {
        var runs = plan.Runs().ToList();
        var results = new List<PolicyRun>(runs.Count);
        for (var i = 0; i < runs.Count; i++)
        {
            var workload = WorkloadOf(runs[i]);
            var position = $"[{i + 1}/{runs.Count}]";
            var result = store.Read(runs[i], workload);
            if (result is null)
            {
                result = await RunOneAsync(runs[i], workload, position, cancellationToken);
                store.Write(runs[i], result);
            }
            else
            {
                Console.WriteLine($"{position} {runs[i].Workload} seed {runs[i].Seed} {runs[i].Policy}: kept");
            }

            results.Add(result);
        }

        return results;
    }

    private async Task<PolicyRun> RunOneAsync(BenchRun run, Workload workload, string position, CancellationToken cancellationToken)
    {
        await using var target = await start(run.Policy, cancellationToken);
        using var http = new HttpClient { Timeout = RequestTimeout }.WithKeyOfEnvironment();
        await WarmAsync(http, target, cancellationToken);
        var content = new BenchContent(frames, workload);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var recording = target.Engine is { } engine ? PaceRecorder.RecordAsync(engine, target.Clock, ended.Token) : null;
        var asks = await target.DisturbWhileAsync(
            workload, stop => new OpenLoopRun(http, target.Gateway, target.Clock, target.SharesClock).RunAsync(workload, content, Say, stop), cancellationToken);
        await ended.CancelAsync();
        if (recording is not null)
        {
            store.WritePace(run, await recording);
        }

        store.WriteStatus(run, await http.GetStringAsync(new Uri(target.Gateway, "/v1/status"), cancellationToken));
        var result = new PolicyRun { Policy = run.Policy, Workload = workload, Asks = asks };
        Console.Write('\r');
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{position} {run.Workload} seed {run.Seed} {run.Policy}: {asks.Length} asks, on time {Share(asks, a => a.End == AskEndKind.OnTime):0.0} %, useful {Share(asks, a => a.Useful):0.0} %, mean budget {asks.Where(a => a.Budget > 0).Select(a => (double)a.Budget).DefaultIfEmpty(0).Average():0}"));
        return result;

        void Say(double seconds)
        {
            if (!Console.IsOutputRedirected)
            {
                Console.Write(string.Create(CultureInfo.InvariantCulture, $"\r{position} {run.Workload} seed {run.Seed} {run.Policy}: {seconds:0} of {workload.DurationSeconds:0} s"));
            }
        }
    }

    private async Task WarmAsync(HttpClient http, BenchTarget target, CancellationToken cancellationToken)
    {
        var warm = WorkloadSet.Find("w1-rho0.5", new WorkloadSettings { CapacityPerSecond = WarmUpAsks * 2, DurationSeconds = 1, Seed = 0 })!;
        await new OpenLoopRun(http, target.Gateway, target.Clock, target.SharesClock).RunAsync(warm, new BenchContent(frames, warm), _ => { }, cancellationToken);
    }

    private Workload WorkloadOf(BenchRun run)
    {
        if (run.Workload == CsvName && csv is not null)
        {
            return csv(run.Seed);
        }

        var settings = new WorkloadSettings { CapacityPerSecond = plan.CapacityPerSecond, DurationSeconds = plan.Seconds, Seed = run.Seed, Workers = plan.Workers };
        return WorkloadSet.Find(run.Workload, settings) ?? throw new InvalidOperationException($"--workload is '{run.Workload}'; allowed: {WorkloadSet.Allowed}.");
    }

    private static double Share(ImmutableArray<AskRecord> asks, Func<AskRecord, bool> which) => asks.IsEmpty ? 0 : 100.0 * asks.Count(which) / asks.Length;
}
