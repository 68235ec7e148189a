using System.Collections.Immutable;
using DeltaEdge.Evaluation.Workloads.Families;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>The built-in workloads by name. Adding a family is one file in <c>Families</c> and two lines here.</summary>
public static class WorkloadSet
{
    public const string Allowed =
        "w1-rho<load>, w2-cv<squared variation>[-rho<load>], w3-ramp-<asks/s²>, w4-functions[-rho<load>], w5-diurnal[-rho<load>], "
        + "w6-cameras[-rho<load>|-n<cameras>], w7-worker-loss[-rho<load>], w8-shared-state[-rho<load>], step[-rho<load>]";

    /// <summary>For help: a line for each family, and what the numbers in a name mean.</summary>
    public const string Described =
        "a name, with your own numbers in it. Load 1 is what the system serves at 576 tokens.\n"
        + "w1-rho<load>: asks at random (Poisson) at a constant load, such as w1-rho0.6.\n"
        + "w2-cv<n>[-rho<load>]: bursts; n is the squared coefficient of variation of the time between asks, such as w2-cv4 (load 2 unless said).\n"
        + "w3-ramp-<n>: load climbs from 0.5 to 4; n is how steeply, such as w3-ramp-50, w3-ramp-250.\n"
        + "w4-functions[-rho<load>]: as calls of serverless functions come: few busy clients, timers, on-off bursts.\n"
        + "w5-diurnal[-rho<load>]: a day of messages pressed into one run, the busiest second about four times the mean.\n"
        + "w6-cameras[-rho<load>|-n<cameras>]: cameras of 1, 2 and 5 frames a second that sometimes all fire at once, join, leave and lose their connection.\n"
        + "w7-worker-loss[-rho<load>]: every 12 s a worker is away for 6 s ('bench' needs --workers 2 or more, and its start comes on top).\n"
        + "w8-shared-state[-rho<load>]: the shared state is away for the middle third ('bench' needs --workers).\n"
        + "step[-rho<load>]: ten times the load for the middle third, load 4 unless said.\n";

    private static readonly ImmutableArray<Func<string, WorkloadSettings, Workload?>> Families =
    [
        PoissonSweep.Find, GammaBursts.Find, LoadRamp.Find, FunctionTrace.Find, DiurnalTrace.Find, CameraFleet.Find, WorkerLoss.Find,
        SharedStateLoss.Find, LoadStep.Find,
    ];

    /// <summary>The workloads of the evaluation protocol. <see cref="Find"/> knows more: any number may stand in a name.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. PoissonSweep.Names, .. GammaBursts.Names, .. LoadRamp.Names, .. FunctionTrace.Names, .. DiurnalTrace.Names,
        .. CameraFleet.Names, .. WorkerLoss.Names, .. SharedStateLoss.Names, .. LoadStep.Names,
    ];

    /// <summary>The workload of that name, or null if there is none such. The same name and settings give the same workload.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static Workload? Find(string name, WorkloadSettings settings)
    {
        settings.Check();
        foreach (var family in Families)
        {
            if (family(name, settings) is { } workload)
            {
                return workload;
            }
        }

        return null;
    }
}
