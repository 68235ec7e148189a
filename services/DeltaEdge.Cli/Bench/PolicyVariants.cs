using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Quality;
using DeltaEdge.Inference.Engine;

namespace DeltaEdge.Cli.Bench;

/// <summary>What a bench can compare: every serving policy, and DeltaEdge with one part left out. A name and the settings that make it so.</summary>
internal static class PolicyVariants
{
    private const string Policy = $"{EngineOptions.SectionName}:{nameof(EngineOptions.Policy)}";
    private const string Order = $"{EngineOptions.SectionName}:{nameof(EngineOptions.Order)}";

    private const string Probes = $"{QualityOptions.SectionName}:{nameof(QualityOptions.Probes)}";

    /// <summary>DeltaEdge without its slow loop, fast loop, giving way by worth, probes, hysteresis, or order by deadline.</summary>
    public static ImmutableArray<string> Ablations { get; } =
        ["deltaedge-no-slow-loop", "deltaedge-no-fast-loop", "deltaedge-no-yield", "deltaedge-no-probes", "deltaedge-no-hysteresis", "deltaedge-fifo"];

    public static ImmutableArray<string> Names(TokenLadder ladder) => [.. ServingPolicies.Names(ladder).Union(Ablations)];

    /// <summary>Settings over the defaults; null if there is no such variant.</summary>
    public static IReadOnlyDictionary<string, string?>? Find(string name, TokenLadder ladder) => name switch
    {
        "deltaedge-no-slow-loop" => With(($"{ControllerOptions.SectionName}:{nameof(ControllerOptions.Shadow)}", "true")),
        "deltaedge-no-fast-loop" => With((Policy, MarginalPolicy.NoFastLoopName)),
        "deltaedge-no-yield" => With((Policy, MarginalPolicy.NoYieldName)),
        "deltaedge-no-probes" => With((Probes, "false")),
        "deltaedge-no-hysteresis" => With(
            ($"{ControllerOptions.SectionName}:{nameof(ControllerOptions.ConfirmHoldMs)}", "0"),
            ($"{ControllerOptions.SectionName}:{nameof(ControllerOptions.UpHoldMs)}", "0"),
            ($"{ControllerOptions.SectionName}:{nameof(ControllerOptions.DownHoldMs)}", "0")),
        "deltaedge-fifo" => With((Order, "fifo")),
        MarginalPolicy.PolicyName => With((Policy, name)),
        _ => ServingPolicies.Find(name, ladder) is null ? null : With((Policy, name), (Probes, "false")),
    };

    private static Dictionary<string, string?> With(params (string Key, string Value)[] settings) =>
        settings.ToDictionary(s => s.Key, s => (string?)s.Value);
}
