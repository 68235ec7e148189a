using System.Collections.Immutable;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>Reports, plans, streams and log entries to publish.</summary>
internal static class FabricSamples
{
    private static readonly AnswerInfo Info = new()
    {
        Budget = 36,
        ImageTokens = 36,
        FullBudget = 576,
        QuestionKind = "count",
        ExpectedAccuracy = 0.8,
        AccuracyBasis = "profile",
        DegradedReason = "load",
        SlaClass = "default",
        DeadlineMs = 500,
        CaptureAgeMs = 120,
        OnTime = true,
        Latency = new(),
        Worker = "w1",
    };

    public static WorkerReport Report(string id, long sequence = 1, double perSecond = 1) => new()
    {
        WorkerId = id,
        Address = $"http://{id}:8081",
        Model = "nano",
        Sequence = sequence,
        Profile = new LatencyProfile
        {
            Ladder = TokenLadder.Default,
            FrameSeconds = 0.025,
            PrefixSeconds = [0.11, 0.04, 0.022, 0.014, 0.008, 0.005, 0.004],
            QuestionSeconds = 0.005,
            DecodeStepSeconds = [0.003, 0.004, 0.005],
        },
        Classes = [new ClassLoad { SlaClass = "default", FramesPerSecond = perSecond, QuestionsPerSecond = perSecond }],
    };

    public static BudgetPlan Plan(long version, int ttlMs = 60_000) => new()
    {
        Version = version,
        TtlMs = ttlMs,
        Classes = ImmutableDictionary<string, BudgetRange>.Empty.Add("default", new(1, 144)),
    };

    public static StreamRecord Record(string id, string spec = "{}") => new(id, spec, IsPaused: false, Tenant: "acme", Revision: 0);

    public static LogEntry Answer(string streamId, string text) => LogEntry.Of(new StreamAnswer
    {
        StreamId = streamId,
        QuestionId = "q1",
        Question = "How many cars are there?",
        Answer = text,
        Outcome = "on_time",
        FrameIndex = 7,
        SourceSeconds = 3.5,
        CapturedAt = DateTimeOffset.UnixEpoch,
        Deltaedge = Info,
    });

    public static LogEntry Rule(string streamId, byte[] evidence) => LogEntry.Of(new StreamEvent
    {
        Type = "rule",
        StreamId = streamId,
        At = DateTimeOffset.UnixEpoch,
        DedupeKey = "d1",
        Rule = new RuleFiring
        {
            RuleId = "r1",
            QuestionId = "q1",
            Question = "Is anyone there?",
            Answer = "yes",
            FrameIndex = 7,
            CapturedAt = DateTimeOffset.UnixEpoch,
            EvidenceJpeg = evidence,
        },
    });
}
