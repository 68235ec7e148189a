using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.UnitTests.Gateway;

/// <summary>Workers' reports with plain numbers: an ask takes <c>askSeconds</c> at any budget.</summary>
internal static class Reports
{
    public static WorkerReport Of(string id, double backlogSeconds = 0, double askSeconds = 0.1, long sequence = 1, string? address = null) => new()
    {
        WorkerId = id,
        Address = address ?? $"http://{id}:8080",
        Model = "nano",
        Sequence = sequence,
        BacklogSeconds = backlogSeconds,
        Profile = new LatencyProfile
        {
            Ladder = TokenLadder.Default,
            FrameSeconds = askSeconds,
            PrefixSeconds = [0, 0, 0, 0, 0, 0, 0],
            QuestionSeconds = 0,
            DecodeStepSeconds = [0],
        },
    };
}
