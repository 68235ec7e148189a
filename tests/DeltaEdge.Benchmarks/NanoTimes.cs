using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Benchmarks;

/// <summary>What the model that ships takes and gives, about, so that decisions have something to decide about.</summary>
internal static class NanoTimes
{
    /// <summary>By rung, most tokens first: the expected accuracy of one question.</summary>
    public static readonly double[] Values = [0.98, 0.97, 0.96, 0.94, 0.9, 0.8, 0.6];

    public static LatencyProfile Profile() => new()
    {
        Ladder = TokenLadder.Default,
        FrameSeconds = 0.022,
        PrefixSeconds = [0.085, 0.02, 0.01, 0.007, 0.005, 0.004, 0.004],
        QuestionSeconds = 0.003,
        DecodeStepSeconds = [0.0015, 0.002, 0.003, 0.005],
    };
}
