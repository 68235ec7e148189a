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
            [QuestionKind.YesNo] = [0.9678, 0.9864, 0.9864, 0.9900, 0.9873, 0.9782, 0.9174],
            [QuestionKind.Attribute] = [0.9643, 0.9944, 0.9916, 0.9805, 0.9666, 0.8538, 0.6448],
            [QuestionKind.Count] = [0.7929, 0.8655, 0.8685, 0.8586, 0.8526, 0.8277, 0.7610],
            [QuestionKind.Where] = [0.9136, 0.9849, 0.9806, 0.9828, 0.9440, 0.8728, 0.6336],
            [QuestionKind.Read] = [0.8857, 0.9694, 0.9796, 0.9898, 0.9592, 0.8265, 0.1735],
            [QuestionKind.Describe] = [0.4118, 0.4875, 0.4975, 0.4900, 0.4900, 0.4050, 0.1800],
            [QuestionKind.Scene] = [0.9265, 0.9300, 0.9300, 0.9300, 0.9300, 0.9300, 0.9275],
        },
        "delta-nano, profile half of its manifest",
        new Dictionary<QuestionKind, int>
        {
            [QuestionKind.YesNo] = 1102,
            [QuestionKind.Attribute] = 718,
            [QuestionKind.Count] = 1004,
            [QuestionKind.Where] = 464,
            [QuestionKind.Read] = 98,
            [QuestionKind.Describe] = 400,
            [QuestionKind.Scene] = 400,
        });

    /// <summary>The test half.</summary>
    public static AccuracyProfile TrueAccuracy { get; } = new(
        TokenLadder.Default,
        new Dictionary<QuestionKind, ImmutableArray<double>>
        {
            [QuestionKind.YesNo] = [0.9838, 0.9891, 0.9936, 0.9900, 0.9863, 0.9781, 0.9243],
            [QuestionKind.Attribute] = [0.9840, 0.9904, 0.9918, 0.9959, 0.9560, 0.8819, 0.6648],
            [QuestionKind.Count] = [0.7952, 0.8720, 0.8700, 0.8831, 0.8659, 0.8377, 0.7530],
            [QuestionKind.Where] = [0.9394, 0.9862, 0.9822, 0.9822, 0.9427, 0.8557, 0.6561],
            [QuestionKind.Read] = [0.9474, 0.9808, 0.9808, 0.9904, 0.9712, 0.8269, 0.1154],
            [QuestionKind.Describe] = [0.4632, 0.5200, 0.5125, 0.5350, 0.5175, 0.4200, 0.1900],
            [QuestionKind.Scene] = [0.9118, 0.9100, 0.9100, 0.9075, 0.9100, 0.9100, 0.9075],
        },
        "delta-nano, test half of its manifest");

    public static SimulationProfile BuiltIn { get; } = new(
        Name, Latency, Accuracy, "stage medians of make bench-smoke on two processor cores; decode steps by batch are estimated from its totals",
        TrueAccuracy);
}
