using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.UnitTests.Core;

/// <summary>Worker reports and profiles of about the shipped model's shape on two cores.</summary>
internal static class Reports
{
    /// <summary>By rung of the default ladder, seconds: an ask takes 0.15 s at 576 tokens and 0.04 s at 1.</summary>
    public static LatencyProfile Profile(double scale = 1) => new()
    {
        Ladder = TokenLadder.Default,
        FrameSeconds = 0.025 * scale,
        PrefixSeconds = [.. new[] { 0.11, 0.04, 0.022, 0.014, 0.008, 0.005, 0.004 }.Select(s => s * scale)],
        QuestionSeconds = 0.005 * scale,
        DecodeStepSeconds = [.. new[] { 0.003, 0.0035, 0.004, 0.005, 0.007 }.Select(s => s * scale)],
    };

    /// <summary>By rung: the accuracy of one question, concave over the profile's seconds.</summary>
    public static ImmutableArray<double> Curve { get; } = [0.80, 0.74, 0.68, 0.64, 0.58, 0.50, 0.42];

    /// <summary>Each class's load is one cell that allows the whole ladder.</summary>
    public static WorkerReport Worker(string id, params ReadOnlySpan<ClassLoad> loads) => new()
    {
        WorkerId = id,
        Address = $"http://{id}:8081",
        Model = "nano",
        Sequence = 1,
        Profile = Profile(),
        Classes = [.. loads],
        Demand = [.. loads.ToArray().Select(l => Cell(l.FramesPerSecond, l.SlaClass) with { QuestionsPerSecond = l.QuestionsPerSecond })],
    };

    public static DemandCell Cell(double perSecond, string slaClass = "default") => new()
    {
        SlaClass = slaClass,
        Range = BudgetRange.Whole(TokenLadder.Default),
        FramesPerSecond = perSecond,
        QuestionsPerSecond = perSecond,
        Values = Curve,
    };

    public static ClassLoad Load(double perSecond, string slaClass = "default", double p95 = 0, int finished = 0) => new()
    {
        SlaClass = slaClass,
        FramesPerSecond = perSecond,
        QuestionsPerSecond = perSecond,
        P95Seconds = p95,
        Finished = finished,
    };

    public static ImmutableArray<WorkerReport> One(double perSecond, double p95 = 0) => [Worker("w1", Load(perSecond, p95: p95, finished: p95 > 0 ? 10 : 0))];
}
