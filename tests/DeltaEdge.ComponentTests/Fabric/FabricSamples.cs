using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>Reports and plans to publish.</summary>
internal static class FabricSamples
{
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
}
