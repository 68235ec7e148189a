using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Simulation.Profiles;

/// <summary>The model that ships, on two processor cores.</summary>
public static class NanoProfile
{
    public const string Name = "nano";

    private const double QuestionSeconds = 0.0015;

    /// <summary>Medians of <c>make bench-smoke</c> as the README has them; the question's part of the prefill is taken out of the prefix.</summary>
    public static LatencyProfile Latency { get; } = new()
    {
        Ladder = TokenLadder.Default,
        FrameSeconds = 0.0119,
        PrefixSeconds = [.. ImmutableArray.Create(0.0474, 0.0112, 0.0063, 0.0047, 0.0036, 0.0029, 0.0027).Select(prefill => prefill - QuestionSeconds)],
        QuestionSeconds = QuestionSeconds,
        DecodeStepSeconds = [0.0012, 0.0013, 0.0016, 0.0022],
    };

    /// <summary>The profile half of the shipped manifest.</summary>
    public static AccuracyProfile Accuracy { get; } = new(
        TokenLadder.Default,
        new Dictionary<QuestionKind, ImmutableArray<double>>
        {
            [QuestionKind.YesNo] = [0.9709, 0.9835, 0.9844, 0.9853, 0.9828, 0.9678, 0.9182],
            [QuestionKind.Attribute] = [0.9758, 0.9935, 0.9925, 0.9864, 0.9703, 0.8721, 0.6426],
            [QuestionKind.Count] = [0.8070, 0.8621, 0.8691, 0.8643, 0.8586, 0.8296, 0.7535],
            [QuestionKind.Where] = [0.9369, 0.9818, 0.9823, 0.9808, 0.9562, 0.8667, 0.6414],
            [QuestionKind.Read] = [0.9219, 0.9767, 0.9845, 0.9871, 0.9509, 0.8062, 0.1886],
            [QuestionKind.Describe] = [0.4366, 0.4919, 0.4969, 0.4894, 0.4769, 0.3856, 0.1644],
            [QuestionKind.Scene] = [0.9347, 0.9200, 0.9200, 0.9200, 0.9200, 0.9200, 0.9194],
        },
        "delta-nano, profile half of its manifest",
        new Dictionary<QuestionKind, int>
        {
            [QuestionKind.YesNo] = 4413,
            [QuestionKind.Attribute] = 2932,
            [QuestionKind.Count] = 4025,
            [QuestionKind.Where] = 2033,
            [QuestionKind.Read] = 387,
            [QuestionKind.Describe] = 1600,
            [QuestionKind.Scene] = 1600,
        });

    /// <summary>The test half.</summary>
    public static AccuracyProfile TrueAccuracy { get; } = new(
        TokenLadder.Default,
        new Dictionary<QuestionKind, ImmutableArray<double>>
        {
            [QuestionKind.YesNo] = [0.9809, 0.9865, 0.9888, 0.9859, 0.9863, 0.9733, 0.9117],
            [QuestionKind.Attribute] = [0.9877, 0.9941, 0.9952, 0.9921, 0.9693, 0.8766, 0.6628],
            [QuestionKind.Count] = [0.8009, 0.8703, 0.8648, 0.8756, 0.8630, 0.8340, 0.7535],
            [QuestionKind.Where] = [0.9386, 0.9832, 0.9828, 0.9773, 0.9527, 0.8492, 0.6284],
            [QuestionKind.Read] = [0.9362, 0.9928, 0.9880, 0.9976, 0.9713, 0.7919, 0.1220],
            [QuestionKind.Describe] = [0.4701, 0.5244, 0.5238, 0.5337, 0.5212, 0.4150, 0.1963],
            [QuestionKind.Scene] = [0.9198, 0.9144, 0.9144, 0.9131, 0.9144, 0.9144, 0.9137],
        },
        "delta-nano, test half of its manifest");

    public static SimulationProfile BuiltIn { get; } = new(
        Name, Latency, Accuracy, "stage medians of make bench-smoke on two processor cores; decode steps by batch are estimated from its totals",
        TrueAccuracy);
}
