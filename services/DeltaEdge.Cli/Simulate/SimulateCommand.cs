using System.CommandLine;
using System.Globalization;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Time;
using DeltaEdge.Evaluation.Oracle;
using DeltaEdge.Evaluation.Reports;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Simulation.Profiles;
using DeltaEdge.Evaluation.Statistics;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Simulate;

/// <summary><c>deltaedge simulate</c>: the real scheduler, policies and controller on a simulated fleet, faster than real time.</summary>
internal static class SimulateCommand
{
    private const string All = "all";
    private const string Ablation = "ablation";

    /// <summary>Workers from which on the controller plans once a second: what a plan costs grows with the fleet, what it changes from one to the next does not.</summary>
    private const int LargeFleet = 200;

    private const int LargeFleetPeriodMs = 1000;

    public static Command Create()
    {
        var workload = new Option<string[]>("--workload") { Description = $"Workloads, one or more: {WorkloadSet.Described}", DefaultValueFactory = _ => ["w1-rho2", "w2-cv4", "w7-worker-loss"], AllowMultipleArgumentsPerToken = true };
        var policy = new Option<string[]>("--policy") { Description = $"Policies: all; ablation (deltaedge, it with one part left out, and with a slower slow loop); {string.Join(", ", ServingPolicies.Allowed.Split(", ").Union(SimulationVariants.Ablations))}.", DefaultValueFactory = _ => ["deltaedge", "fixed-576", "fixed-144", "slackfit-batch", "proteus"], AllowMultipleArgumentsPerToken = true };
        var workers = new Option<int>("--workers") { Description = "Workers of the fleet.", DefaultValueFactory = _ => 4 };
        var streams = new Option<int?>("--streams") { Description = "Fleet-scale: spread the arrivals over so many streams, at --fps each (Poisson and bursty workloads). Takes the place of --rho." };
        var fps = new Option<double>("--fps") { Description = "Frames per second of each of --streams.", DefaultValueFactory = _ => 0.5 };
        var rho = new Option<double?>("--rho") { Description = "Load over capacity at 576 tokens, for workloads whose name says none." };
        var profile = new Option<string>("--profile") { Description = $"Speed and accuracy: {SimulationProfiles.Allowed}, or a latency-*.json that an engine has measured.", DefaultValueFactory = _ => NanoProfile.Name };
        var model = new Option<string?>("--model") { Description = "Model package that a --profile file goes with; default: the one that ships." };
        var seeds = new Option<int>("--seeds") { Description = "Seeds per workload: as many different arrivals.", DefaultValueFactory = _ => 3 };
        var seconds = new Option<double>("--seconds") { Description = "Simulated length of each run.", DefaultValueFactory = _ => 60 };
        var noise = new Option<double>("--noise") { Description = "Spread of each step's time, as the standard deviation of its logarithm.", DefaultValueFactory = _ => 0.1 };
        var oracle = new Option<bool>("--oracle") { Description = "Add the offline bound: what a policy that knew all arrivals could not exceed. Needs the Debian package coinor-libclp1; takes seconds for 10,000 frames." };
        var period = new Option<int?>("--period-ms") { Description = $"Milliseconds between the controller's plans, 50 to 10000. Default: {new ControllerOptions().PeriodMs}, or {LargeFleetPeriodMs} from {LargeFleet} workers on." };
        var output = new Option<string>("--out") { Description = "Folder for report.html, report.md, JSON and figures.", DefaultValueFactory = _ => "artifacts/simulate" };
        var command = new Command(
            "simulate",
            "Try policies on a fleet you do not have: the scheduler, policies and controller that serve, on a simulated clock.\n"
            + "Example: deltaedge simulate --workload w1-rho2 w7-worker-loss --policy deltaedge fixed-144 --workers 4 --seeds 3 --oracle\n"
            + "A large fleet: deltaedge simulate --profile 7b-h200 --workload w1-rho1 --workers 1000 --streams 100000 --fps 0.5 --seconds 20 --seeds 1 --policy deltaedge")
        {
            workload, policy, workers, streams, fps, rho, profile, model, seeds, seconds, noise, oracle, period, output,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(new SimulateOptions
        {
            Workloads = parsed.GetValue(workload)!,
            Policies = parsed.GetValue(policy)!,
            Workers = parsed.GetValue(workers),
            Streams = parsed.GetValue(streams),
            FramesPerSecond = parsed.GetValue(fps),
            Rho = parsed.GetValue(rho),
            Profile = parsed.GetValue(profile)!,
            Model = parsed.GetValue(model),
            Seeds = parsed.GetValue(seeds),
            Seconds = parsed.GetValue(seconds),
            Noise = parsed.GetValue(noise),
            Oracle = parsed.GetValue(oracle),
            PeriodMs = parsed.GetValue(period),
            Output = parsed.GetValue(output)!,
        }, cancellation)));
        return command;
    }

    /// <summary>The bound as a run's summary, so that it stands in the same tables; what a bound has not is not a number.</summary>
    internal static RunSummary OracleSummary(Workload workload, OracleBound bound) =>
        Summarizer.Summarize(new PolicyRun { Policy = "oracle", Workload = workload, Asks = [] }) with
        {
            UsefulAnswers = bound.UsefulAnswers,
            WeightedUseful = bound.WeightedUseful,
            Attainment = bound.AttainmentAtBest,
            RecoverySeconds = null,
            OnsetP95Seconds = null,
            FairnessStreams = double.NaN,
            FairnessClasses = double.NaN,
        };

    private static int Run(SimulateOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Simulate(options, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; nothing is written.");
            return CommandEnd.Stopped;
        }
    }

    private static void Simulate(SimulateOptions options, CancellationToken cancellationToken)
    {
        var profile = SimulateProfile.Read(options.Profile, options.Model);
        var ladder = profile.Latency.Ladder;
        Check(options);

        // Load 1 as a bench counts it: one question a frame, an answer of two decode steps. With streams, what all of them ask.
        var capacity = options.Workers / profile.Latency.PredictGroup(0, frameCached: false, questions: 1, answerTokens: 2);
        var load = options.Streams * options.FramesPerSecond ?? capacity;
        var loadOne = FormattableString.Invariant($"{load:0.0} asks/s") + (options.Streams is null ? "" : FormattableString.Invariant($" (all streams, {load / capacity:0.00} of the workers' capacity)"));
        var workloads = options.Workloads.Select(name => Enumerable.Range(1, options.Seeds).Select(seed => Find(name, options, load, seed)).ToArray()).DistinctBy(seeds => seeds[0].Name).ToArray();
        var period = options.PeriodMs ?? (options.Workers >= LargeFleet ? LargeFleetPeriodMs : new ControllerOptions().PeriodMs);
        var settings = new SimulationSettings
        {
            Policy = SimulationSettings.PolicyNamed(MarginalPolicy.PolicyName, ladder),
            Profile = profile.Latency,
            Accuracy = profile.Accuracy,
            TrueAccuracy = profile.TrueAccuracy,
            Workers = options.Workers,
            Noise = options.Noise,
            ControllerOptions = new ControllerOptions { PeriodMs = period },
        };
        var variants = Variants(options, settings);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{profile.Name}: {profile.Basis}."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Workers} workers, load 1 is {loadOne}, a plan every {period} ms."));

        var report = new ComparisonReport((variants.FirstOrDefault(v => v.Name == MarginalPolicy.PolicyName) ?? variants[0]).Name!, ladder);
        var clock = new MonotonicClock(TimeProvider.System);
        foreach (var workload in workloads.SelectMany(w => w))
        {
            foreach (var variant in variants)
            {
                var began = clock.Now;
                var run = FleetSimulation.Run(workload, variant with { Seed = workload.Seed }, cancellationToken);
                report.Add(run);
                Say(run, options.Seconds, (clock.Now - began).TotalSeconds);
            }

            if (options.Oracle)
            {
                var bound = OfflineOracle.Bound(workload, settings, cancellationToken);
                report.AddBound(OracleSummary(workload, bound));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workload.Name,-18} {workload.Seed} {"oracle (bound)",-20} on time {bound.AttainmentAtBest,7:P1}  useful {bound.UsefulAnswers,7:P1}  (on time at most {bound.Attainment:P1})"));
            }
        }

        var introduction = string.Create(
            CultureInfo.InvariantCulture,
            $"Simulated, not measured: {options.Workers} workers of profile {profile.Name} ({profile.Basis}), {options.Seeds} seeds of {options.Seconds:0} s, step noise {options.Noise:0.##}, load 1 = {loadOne}, a plan every {period} ms.")
            + (options.Oracle ? " The oracle bounds what can be expected; by the luck of the draw a run may come out slightly above it." : "");
        var text = ReportFiles.Write(options.Output, "DeltaEdge simulation", introduction, report);
        Console.WriteLine();
        Console.WriteLine(text);
        Console.WriteLine($"Written: {options.Output}/report.html, report.md, summaries.json, comparisons.json and figures. Open report.html in a browser.");
    }

    /// <summary>One per policy or variant that was named, each once.</summary>
    private static SimulationSettings[] Variants(SimulateOptions options, SimulationSettings settings)
    {
        var names = options.Policies.SelectMany(name => name switch
        {
            All => ServingPolicies.Names(settings.Profile.Ladder),
            Ablation => [MarginalPolicy.PolicyName, .. SimulationVariants.Ablations],
            _ => [name],
        });
        return [.. names.Distinct().Select(name => SimulationVariants.Find(name, settings)
            ?? throw new ArgumentException($"--policy is '{name}'; allowed: {All}, {Ablation}, {ServingPolicies.Allowed}, {string.Join(", ", SimulationVariants.Ablations)}."))];
    }

    private static void Check(SimulateOptions options)
    {
        if (options.Seeds < 1 || !(options.Seconds >= 1 && options.Seconds <= 86_400) || options.Policies.Length == 0 || options.Workloads.Length == 0)
        {
            throw new ArgumentException("--seeds must be at least 1, --seconds 1 to 86400, and at least one --workload and --policy named.");
        }

        if (options.Workers < 1 || options.Streams < 1 || !IsPositive(options.Rho ?? 1) || !IsPositive(options.FramesPerSecond) || !IsPositive(1 + options.Noise) || options.Noise < 0)
        {
            throw new ArgumentException("--workers and --streams must be at least 1, --rho and --fps above 0, --noise 0 or more.");
        }

        if (options is { Rho: not null, Streams: not null })
        {
            throw new ArgumentException("--rho and --streams exclude each other: with --streams the load is what all streams ask.");
        }

        if (options.PeriodMs is < 50 or > 10_000)
        {
            throw new ArgumentException("--period-ms must be 50 to 10000.");
        }
    }

    private static bool IsPositive(double number) => number > 0 && double.IsFinite(number);

    private static Workload Find(string name, SimulateOptions options, double load, int seed)
    {
        var settings = new WorkloadSettings
        {
            CapacityPerSecond = load,
            DurationSeconds = options.Seconds,
            Seed = seed,
            Workers = options.Workers,
        };
        var loaded = options is { Rho: { } rho, Streams: null } ? string.Create(CultureInfo.InvariantCulture, $"{name}-rho{rho:0.####}") : name;
        var workload = (loaded == name ? null : WorkloadSet.Find(loaded, settings)) ?? WorkloadSet.Find(name, settings)
            ?? throw new ArgumentException($"--workload is '{name}'; allowed: {WorkloadSet.Allowed}.");
        return options.Streams is { } streams ? SimulatedFleetLoad.Spread(workload, streams) : workload;
    }

    private static void Say(PolicyRun run, double seconds, double took)
    {
        var asks = Math.Max(1, run.Asks.Length);
        var (onTime, useful) = (0, 0);
        foreach (var ask in run.Asks)
        {
            onTime += ask.End == AskEndKind.OnTime ? 1 : 0;
            useful += ask.Useful ? 1 : 0;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Workload.Name,-18} {run.Workload.Seed} {run.Policy,-20} on time {(double)onTime / asks,7:P1}  useful {(double)useful / asks,7:P1}  {asks} asks, {seconds / took:0} times real time"));
    }
}
