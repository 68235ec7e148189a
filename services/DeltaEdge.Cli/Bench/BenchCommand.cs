using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using DeltaEdge.Cli.Cluster;
using DeltaEdge.Cli.Keys;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Models;
using DeltaEdge.Core.Policies;
using DeltaEdge.Evaluation.Reports;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Bench;

/// <summary><c>deltaedge bench</c>: policies against each other on the same open-loop load, graded against the truth.</summary>
internal static class BenchCommand
{
    /// <summary>Stands for the policy of a system that runs already.</summary>
    private const string AsItIs = "as-it-is";

    private const string All = "all";
    private const string Ablation = "ablation";

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = $"Gateway of a running system; if it wants an API key, set {ClientKey.Variable} to one that may see metrics. Its clock may differ from this machine's: an ask says what is left of its deadline when it is sent, and latency is counted here. Left out: an embedded system is started for every run, under the policy that is measured." };
        var model = new Option<string?>("--model") { Description = "Model package of runs without --url; default: the one that ships." };
        var workers = new Option<int?>("--workers") { Description = "Start a cluster for every run instead: this many workers, a gateway, a controller and Redis, each a process. Workloads w7 and w8 take workers and shared state away from it." };
        var workload = new Option<string[]>("--workload") { Description = $"Workloads, one or more: {WorkloadSet.Described}", DefaultValueFactory = _ => ["w1-rho0.6", "w2-cv4", "step"], AllowMultipleArgumentsPerToken = true };
        var policy = new Option<string[]>("--policy") { Description = $"Policies of runs without --url: all; ablation (deltaedge and it with one part left out); {string.Join(", ", ServingPolicies.Allowed.Split(", ").Union(PolicyVariants.Ablations))}.", DefaultValueFactory = _ => ["deltaedge", "fixed-576", "fixed-144", "fixed-1", "slackfit-batch", "proteus"], AllowMultipleArgumentsPerToken = true };
        var seeds = new Option<int>("--seeds") { Description = "Seeds per workload: as many different arrivals.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double>("--seconds") { Description = "Length of each run.", DefaultValueFactory = _ => 20 };
        var capacity = new Option<double?>("--capacity") { Description = "Asks per second that count as load 1. Left out: what the system's profile promises at 576 tokens." };
        var rates = new Option<string?>("--rates") { Description = "CSV of your own: a line 'second,rate' (asks/s) for every second. Takes the place of --workload." };
        var scale = new Option<double>("--scale") { Description = "Factor on the rates of --rates.", DefaultValueFactory = _ => 1 };
        var frames = new Option<string?>("--frames") { Description = "Folder of graded frames (truth.json and images); default: the model's own." };
        var twins = new Option<bool>("--twins") { Description = "Also simulate every run at the speed that the worker's own steps had, beside the real one; and all policies at the speed that the first one met." };
        var output = new Option<string>("--out") { Description = "Folder for results; what is there already, of the same system, settings and frames, is not run again.", DefaultValueFactory = _ => "artifacts/bench" };
        var command = new Command(
            "bench",
            "Hold policies against each other: the same arrivals and frames for each, open loop, answers graded against the truth. Stopped, it goes on where it was.\n"
            + "Example: deltaedge bench --workload w2-cv4 step --policy deltaedge fixed-576 slackfit-batch --seeds 3 --seconds 30")
        {
            url, model, workers, workload, policy, seeds, seconds, capacity, rates, scale, frames, twins, output,
        };
        command.SetAction((parsed, cancellation) => RunAsync(new BenchOptions
        {
            Url = parsed.GetValue(url),
            Model = parsed.GetValue(model),
            Workers = parsed.GetValue(workers),
            Workloads = parsed.GetValue(workload)!,
            Policies = parsed.GetValue(policy)!,
            Seeds = parsed.GetValue(seeds),
            Seconds = parsed.GetValue(seconds),
            Capacity = parsed.GetValue(capacity),
            Rates = parsed.GetValue(rates),
            Scale = parsed.GetValue(scale),
            Frames = parsed.GetValue(frames),
            Twins = parsed.GetValue(twins),
            Output = parsed.GetValue(output)!,
        }, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await BenchAsync(options, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine($"Stopped. The same command goes on from here; results are in {options.Output}.");
            return CommandEnd.Stopped;
        }
    }

    private static async Task BenchAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var ladder = TokenLadder.Default;
        var package = ModelLocation.Find(options.Model);
        var gateway = options.Url is null ? null : ParseUrl(options.Url);
        var frames = await BenchFrames.ReadAsync(options.Frames ?? Path.Combine(package, "bench"), cancellationToken);
        var table = options.Rates is null ? null : RateTable.Parse(await File.ReadAllTextAsync(options.Rates, cancellationToken));
        var store = new BenchStore(options.Output);
        var subject = gateway is null
            ? BenchSubject.Embedded(package, new ConfigurationBuilder().AddEnvironmentVariables().Build(), frames, options.Workers)
            : BenchSubject.Running(gateway, await ServesAsync(gateway, cancellationToken), frames);
        var plan = await PlanAsync(options, store, subject, ladder, gateway, package, table, cancellationToken);
        store.WritePlan(plan);
        var runs = plan.Runs().Count();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Policies.Length} policies × {plan.Workloads.Length} workloads × {plan.Seeds} seeds = {runs} runs of {plan.Seconds:0} s, about {runs * (plan.Seconds + 2) / 60:0} minutes. Load 1 is {plan.CapacityPerSecond:0.0} asks/s."));

        var session = new BenchSession(
            plan,
            store,
            frames,
            table is null ? null : seed => table.ToWorkload(BenchSession.CsvName, SettingsOf(plan, table.Rates.Length, seed), options.Scale),
            (policy, stop) => gateway is null ? StartAsync(options, package, SettingsFor(policy, ladder), stop) : Task.FromResult(BenchTarget.Running(gateway)));
        var report = new ComparisonReport(plan.Policies.Contains(MarginalPolicy.PolicyName) ? MarginalPolicy.PolicyName : plan.Policies[0], ladder);
        foreach (var run in await session.RunAsync(cancellationToken))
        {
            report.Add(run);
        }

        var introduction = string.Create(
            CultureInfo.InvariantCulture,
            $"Real runs through the gateway: {plan.Seeds} seeds of {plan.Seconds:0} s per workload and policy, load 1 = {plan.CapacityPerSecond:0.0} asks/s, {frames.Length} graded frames. Latency counts from when an ask was due.");
        Console.WriteLine();
        Console.WriteLine(ReportFiles.Write(options.Output, "DeltaEdge bench", introduction, report));
        if (options.Twins)
        {
            SayTwins(plan, store, report.Runs, package, frames);
        }

        Console.WriteLine($"Written: {options.Output}/report.html, report.md, summaries.json, comparisons.json and figures. Open report.html in a browser.");
    }

    private static void SayTwins(BenchPlan plan, BenchStore store, IReadOnlyList<PolicyRun> runs, string package, ImmutableArray<BenchFrame> frames)
    {
        var manifest = ModelManifest.Read(package);
        var twins = new BenchTwins(manifest.Accuracy ?? throw new ArgumentException($"The manifest of {manifest.Name} has no accuracy, so nothing can be simulated."), manifest.TestAccuracy, frames);
        foreach (var (run, result) in plan.Runs().Zip(runs).OrderBy(pair => plan.Policies.IndexOf(pair.First.Policy)))
        {
            if (store.ReadStatus(run) is { } status && store.ReadPace(run) is { } pace)
            {
                twins.Add(result, status, pace);
            }
        }

        var table = MarkdownTable.Render(twins.Table()) + Environment.NewLine + MarkdownTable.Render(twins.AlikeTable());
        File.WriteAllText(Path.Combine(store.Folder, "twins.md"), table);
        Console.WriteLine(table);
    }

    /// <summary>The plan asked for; what load 1 is stays as it was where runs are kept already, or they would be of other arrivals.</summary>
    private static async Task<BenchPlan> PlanAsync(
        BenchOptions options, BenchStore store, BenchSubject subject, TokenLadder ladder, Uri? gateway, string package, RateTable? table, CancellationToken cancellationToken)
    {
        var policies = gateway is not null ? [AsItIs] : options.Policies.SelectMany(p => p switch
        {
            All => ServingPolicies.Names(ladder),
            Ablation => PolicyVariants.Ablations.Prepend(MarginalPolicy.PolicyName),
            _ => [p],
        }).Distinct().ToArray();
        if (policies.FirstOrDefault(p => p != AsItIs && PolicyVariants.Find(p, ladder) is null) is { } unknown)
        {
            throw new ArgumentException($"--policy is '{unknown}'; allowed: all, ablation, {string.Join(", ", PolicyVariants.Names(ladder))}.");
        }

        if (options.Workers is { } workers && (gateway is not null || workers is < 1 or > ClusterOptions.MostOfARole))
        {
            throw new ArgumentException($"--workers is {workers}; allowed: 1 to {ClusterOptions.MostOfARole}, and not with --url, which names a system that runs already.");
        }

        if (options.Twins && (gateway is not null || options.Workers is not null))
        {
            throw new ArgumentException("--twins reads the engine's own steps, which only an embedded run shows: leave out --url and --workers, or --twins.");
        }

        if (options.Seeds < 1 || !(options.Seconds >= 1 && options.Seconds <= 86_400) || options.Capacity is <= 0 || !(options.Scale > 0) || policies.Length == 0)
        {
            throw new ArgumentException("--seeds must be at least 1, --seconds 1 to 86400, --capacity and --scale above 0, and at least one --policy named.");
        }

        var kept = store.ReadPlan(subject);
        var capacity = options.Capacity ?? kept?.CapacityPerSecond ?? await CapacityAsync(options, gateway, package, cancellationToken);
        var plan = table is null
            ? new BenchPlan([.. policies], [.. options.Workloads.Distinct()], options.Seeds, options.Seconds, capacity, subject, options.Workers ?? 1)
            : new BenchPlan([.. policies], [BenchSession.CsvName], options.Seeds, table.Rates.Length, capacity, subject, options.Workers ?? 1);
        foreach (var name in plan.Workloads.Where(_ => table is null))
        {
            if (WorkloadSet.Find(name, SettingsOf(plan, plan.Seconds, 1)) is not { } workload)
            {
                throw new ArgumentException($"--workload is '{name}'; allowed: {WorkloadSet.Allowed}.");
            }

            if ((!workload.Faults.IsEmpty && options.Workers is null or 1) || (!workload.Outages.IsEmpty && options.Workers is null))
            {
                throw new ArgumentException($"--workload {name} takes workers or the shared state away, which a bench does of a cluster only: say --workers 2.");
            }
        }

        return plan;
    }

    private static async Task<string> ServesAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var http = new HttpClient().WithKeyOfEnvironment();
        return await BenchTarget.ServesAsync(http, gateway, cancellationToken);
    }

    private static Task<BenchTarget> StartAsync(BenchOptions options, string package, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken) => options.Workers is { } workers
        ? BenchTarget.StartClusterAsync(package, workers, settings, Path.Combine(options.Output, "logs"), cancellationToken)
        : BenchTarget.StartAsync(package, settings, cancellationToken);

    private static async Task<double> CapacityAsync(BenchOptions options, Uri? gateway, string package, CancellationToken cancellationToken)
    {
        await using var target = gateway is null
            ? await StartAsync(options, package, new Dictionary<string, string?>(), cancellationToken)
            : BenchTarget.Running(gateway);
        using var http = new HttpClient().WithKeyOfEnvironment();
        return await BenchTarget.CapacityAsync(http, target.Gateway, cancellationToken);
    }

    private static IReadOnlyDictionary<string, string?> SettingsFor(string policy, TokenLadder ladder) =>
        PolicyVariants.Find(policy, ladder) ?? throw new ArgumentException($"No policy '{policy}'.", nameof(policy));

    private static WorkloadSettings SettingsOf(BenchPlan plan, double seconds, int seed) =>
        new() { CapacityPerSecond = plan.CapacityPerSecond, DurationSeconds = seconds, Seed = seed, Workers = plan.Workers };

    private static Uri ParseUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is ("http" or "https")
        ? parsed
        : throw new ArgumentException($"--url is '{url}'; allowed: an http or https address, for example http://127.0.0.1:8080.");
}
