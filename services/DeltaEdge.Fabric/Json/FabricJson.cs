using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.Fabric.Json;

/// <summary>
/// Reports, plans and streams as processes exchange them. What comes in may be from another version: a text that does not read, or that no
/// planner could work with, is nothing rather than an exception.
/// </summary>
internal static class FabricJson
{
    public static string Write(WorkerReport report) => JsonSerializer.Serialize(report, FabricJsonContext.Default.WorkerReport);

    public static string Write(BudgetPlan plan) => JsonSerializer.Serialize(plan, FabricJsonContext.Default.BudgetPlan);

    public static string Write(StreamRecord record) => JsonSerializer.Serialize(record, FabricJsonContext.Default.StreamRecord);

    public static StreamRecord? ReadRecord(string json)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json, FabricJsonContext.Default.StreamRecord);
            return record is { StreamId: not (null or ""), Spec: not null } ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static WorkerReport? ReadReport(string json)
    {
        try
        {
            var report = JsonSerializer.Deserialize(json, FabricJsonContext.Default.WorkerReport);
            report = report is { Demand.IsDefault: true } ? report with { Demand = [] } : report; // From a worker that does not send it yet.
            return report is { WorkerId: not (null or ""), Address: not null, Model: not null, Profile: not null, Classes.IsDefault: false }
                && IsUsable(report.Profile) && report.Demand.All(c => IsUsable(c, report.Profile.Ladder.Count))
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
            return plan is { Classes: not null, TtlMs: > 0, Price: >= 0 and < double.PositiveInfinity } && plan.Classes.Values.All(r => r.Floor >= 1 && r.Floor <= r.Ceiling) ? plan : null;
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
        && IsAmount(profile.FrameSeconds) && IsAmount(profile.QuestionSeconds) && IsAmount(profile.Correction);

    private static bool IsUsable(DemandCell? cell, int rungs) =>
        cell is { SlaClass: not null, Values.IsDefault: false, Range: { Floor: >= 1 } range } && range.Floor <= range.Ceiling
        && cell.Values.Length == rungs && cell.Values.All(double.IsFinite)
        && IsAmount(cell.FramesPerSecond) && IsAmount(cell.QuestionsPerSecond) && IsAmount(cell.MeanAnswerTokens);

    private static bool AreSeconds(ImmutableArray<double> values) => !values.IsDefault && values.All(IsAmount);

    private static bool IsAmount(double value) => double.IsFinite(value) && value >= 0;
}
