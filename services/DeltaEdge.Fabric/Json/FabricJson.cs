using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Fabric.Json;

/// <summary>
/// Reports and plans as processes exchange them. What comes in may be from another version: a text that does not read, or that no
/// planner could work with, is nothing rather than an exception.
/// </summary>
internal static class FabricJson
{
    public static string Write(WorkerReport report) => JsonSerializer.Serialize(report, FabricJsonContext.Default.WorkerReport);

    public static string Write(BudgetPlan plan) => JsonSerializer.Serialize(plan, FabricJsonContext.Default.BudgetPlan);

    public static WorkerReport? ReadReport(string json)
    {
        try
        {
            var report = JsonSerializer.Deserialize(json, FabricJsonContext.Default.WorkerReport);
            return report is { WorkerId: not (null or ""), Address: not null, Model: not null, Profile: not null, Classes.IsDefault: false } && IsUsable(report.Profile)
                ? report
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static BudgetPlan? ReadPlan(string json)
    {
        try
        {
            var plan = JsonSerializer.Deserialize(json, FabricJsonContext.Default.BudgetPlan);
            return plan is { Classes: not null, TtlMs: > 0 } && plan.Classes.Values.All(r => r.Floor >= 1 && r.Floor <= r.Ceiling) ? plan : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsUsable(LatencyProfile profile) =>
        profile.Ladder is not null
        && AreSeconds(profile.PrefixSeconds) && profile.PrefixSeconds.Length == profile.Ladder.Count
        && AreSeconds(profile.DecodeStepSeconds) && profile.DecodeStepSeconds.Length > 0
        && IsSeconds(profile.FrameSeconds) && IsSeconds(profile.QuestionSeconds) && IsSeconds(profile.Correction);

    private static bool AreSeconds(ImmutableArray<double> values) => !values.IsDefault && values.All(IsSeconds);

    private static bool IsSeconds(double value) => double.IsFinite(value) && value >= 0;
}
