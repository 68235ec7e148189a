using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Simulation.Profiles;

/// <summary>
/// A model of LLaVA-1.5-7B's shapes (arXiv 2310.03744: CLIP ViT-L/14 at 336 pixels, Vicuna 7B) in 16 bit on one H200: a roofline
/// computed here, not a measurement. Compute-bound stages take FLOPs over peak times efficiency, decoding takes bytes over bandwidth
/// times efficiency.
/// </summary>
public static class RooflineProfile
{
    public const string Name = "7b-h200";

    /// <summary>Dense bf16 peak, FLOP/s (NVIDIA's H200 data sheet, without sparsity).</summary>
    public const double PeakFlops = 989e12;

    /// <summary>Memory bandwidth, bytes/s (same sheet).</summary>
    public const double Bandwidth = 4.8e12;

    /// <summary>Share of the peak that the encoder, the prefill, and of the bandwidth that the decoder is assumed to reach.</summary>
    public const double EncoderEfficiency = 0.5;

    /// <inheritdoc cref="EncoderEfficiency"/>
    public const double PrefillEfficiency = 0.6;

    /// <inheritdoc cref="EncoderEfficiency"/>
    public const double DecodeEfficiency = 0.7;

    private const double LanguageParameters = 6.74e9;
    private const int LanguageLayers = 32;
    private const int LanguageWidth = 4096;
    private const int Slots = 8;

    /// <summary>Tokens of the prompt around the picture, the question's included.</summary>
    private const int TextTokens = 60;

    private const int QuestionTokens = 24;

    /// <summary>Launches, sampling and copies of a step, seconds: what a small step takes whatever its size.</summary>
    private const double StepOverhead = 0.0005;

    /// <summary>Seconds to prefill a further question behind a prefix that is there.</summary>
    private static readonly double OneQuestion = PrefillSeconds(QuestionTokens, TextTokens);

    /// <summary>
    /// A frame's first question goes through the model in one pass with the prefix, so prefix and question together take that pass,
    /// and a step for the projector.
    /// </summary>
    public static LatencyProfile Latency { get; } = new()
    {
        Ladder = TokenLadder.Default,
        FrameSeconds = (EncoderFlops() / (PeakFlops * EncoderEfficiency)) + StepOverhead,
        PrefixSeconds = [.. TokenLadder.Default.Budgets.Select(budget => StepOverhead + PrefillSeconds(budget + TextTokens, 0) - OneQuestion)],
        QuestionSeconds = OneQuestion,
        DecodeStepSeconds = [.. ImmutableArray.Create(1, 2, 4, Slots).Select(DecodeSeconds)],
    };

    /// <summary>
    /// Illustrative, not measured: the shape that Matryoshka Multimodal Models (arXiv 2405.17430) publish for this family. Nearly flat
    /// down to 36 tokens, falling below; reading needs its tokens.
    /// </summary>
    public static AccuracyProfile Accuracy { get; } = new(
        TokenLadder.Default,
        new Dictionary<QuestionKind, ImmutableArray<double>>
        {
            [QuestionKind.YesNo] = [0.870, 0.868, 0.862, 0.855, 0.835, 0.795, 0.740],
            [QuestionKind.Attribute] = [0.800, 0.797, 0.790, 0.780, 0.755, 0.700, 0.620],
            [QuestionKind.Count] = [0.640, 0.630, 0.618, 0.600, 0.570, 0.520, 0.460],
            [QuestionKind.Where] = [0.700, 0.694, 0.685, 0.670, 0.635, 0.570, 0.490],
            [QuestionKind.Read] = [0.580, 0.530, 0.470, 0.400, 0.290, 0.170, 0.090],
            [QuestionKind.Describe] = [0.620, 0.615, 0.605, 0.590, 0.550, 0.460, 0.360],
            [QuestionKind.Scene] = [0.900, 0.900, 0.898, 0.895, 0.885, 0.860, 0.820],
        },
        "illustrative, after the shape of arXiv 2405.17430");

    public static SimulationProfile BuiltIn { get; } = new(
        Name, Latency, Accuracy, "roofline of LLaVA-1.5-7B's shapes on one H200, accuracy illustrative after arXiv 2405.17430; a model, not a measurement");

    /// <summary>FLOPs of one picture through ViT-L/14 at 336 pixels: 24 layers of width 1024 over 577 tokens.</summary>
    public static double EncoderFlops()
    {
        const double Tokens = 577;
        const double Width = 1024;
        const double Layers = 24;
        const double PatchInputs = 14 * 14 * 3;
        const double Products = 12 * Width * Width; // Weights of a layer: attention 4, feed-forward 8 times the width squared.
        return (Layers * ((2 * Products * Tokens) + (4 * Tokens * Tokens * Width))) + (2 * PatchInputs * Width * Tokens);
    }

    /// <summary>Seconds to prefill tokens behind others; never less than reading the weights once.</summary>
    /// <param name="tokens">New tokens.</param>
    /// <param name="before">Tokens that they attend to besides themselves.</param>
    public static double PrefillSeconds(int tokens, int before)
    {
        var attention = 4.0 * LanguageLayers * LanguageWidth * tokens * (before + (tokens / 2.0));
        var compute = ((2 * LanguageParameters * tokens) + attention) / (PeakFlops * PrefillEfficiency);
        return Math.Max(compute, 2 * LanguageParameters / (Bandwidth * DecodeEfficiency)) + StepOverhead;
    }

    /// <summary>Seconds of one decode step: all weights and the rows' keys and values are read once.</summary>
    public static double DecodeSeconds(int rows)
    {
        const double Context = 576 + TextTokens;
        const double CacheBytes = 2.0 * 2 * LanguageLayers * LanguageWidth * Context;
        return (((2 * LanguageParameters) + (rows * CacheBytes)) / (Bandwidth * DecodeEfficiency)) + StepOverhead;
    }
}
