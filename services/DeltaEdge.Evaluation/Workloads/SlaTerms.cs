using DeltaEdge.Core.Sla;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>The classes that workloads ask in, as they are built in.</summary>
internal static class SlaTerms
{
    public static (string Name, double DeadlineSeconds) Priority { get; } = Of("priority");

    public static (string Name, double DeadlineSeconds) Default { get; } = Of("default");

    /// <summary>What an answer of that class counts; 1 where the class is not built in.</summary>
    public static double WeightOf(string name) => SlaCatalog.Default.Find(name)?.Weight ?? 1;

    private static (string Name, double DeadlineSeconds) Of(string name) => (name, SlaCatalog.Default.Find(name)!.DeadlineMs / 1000.0);
}
