using System.Collections.Immutable;
using DeltaEdge.Evaluation.Workloads.Families;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>The built-in workloads by name. Adding a family is one file in <c>Families</c> and two lines here.</summary>
public static class WorkloadSet
{
    public const string Allowed =
        "w1-rho<load>, w2-cv<squared variation>[-rho<load>], w3-ramp-<asks/s²>, w4-functions[-rho<load>], w5-diurnal[-rho<load>], "
        + "w6-cameras[-rho<load>|-n<cameras>], w7-worker-loss[-rho<load>], w8-shared-state[-rho<load>], step[-rho<load>]";

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
