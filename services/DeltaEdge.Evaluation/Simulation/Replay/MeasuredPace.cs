using System.Collections.Immutable;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Evaluation.Simulation.Replay;

/// <summary>
/// How fast a real worker was over a run, to be replayed: the machine's speed by time slot, each stage's own error of the profile, the
/// spread of single steps, and how long asks were on their way to the engine. From readings of the worker's steps and door alone, never
/// from latencies or budgets of answers, so that what a replay comes to is still a prediction. A slot in which nothing was done goes by
/// the one before it.
/// </summary>
public sealed class MeasuredPace
{
    private readonly ImmutableArray<double> _ends; // seconds, by slot
    private readonly ImmutableArray<double> _speeds; // observed over predicted, the stages' own errors taken out
    private readonly ImmutableArray<double> _approaches; // seconds

    /// <param name="samples">In order of time, at least two.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public MeasuredPace(ImmutableArray<PaceSample> samples)
    {
        if (samples.Length < 2)
        {
            throw new ArgumentException($"A pace needs two readings; there are {samples.Length}.", nameof(samples));
        }

        var whole = samples[^1].Steps - samples[0].Steps;
        Correction = samples[0].Correction;
        (Encode, Prefill, Decode) = (Ratio(whole.Encode, 1), Ratio(whole.Prefill, 1), Ratio(whole.Decode, 1));
        var asks = samples[^1].Asks - samples[0].Asks;
        var approach = asks > 0 ? (samples[^1].ApproachSeconds - samples[0].ApproachSeconds) / asks : 0;
        var (ends, speeds, approaches) = (new double[samples.Length - 1], new double[samples.Length - 1], new double[samples.Length - 1]);
        var (spread, squares, speed) = (0d, 0d, 1d);
        for (var i = 0; i < ends.Length; i++)
        {
            var (from, to) = (samples[i], samples[i + 1]);
            var steps = to.Steps - from.Steps;
            var expected = (steps.Encode.Predicted * Encode) + (steps.Prefill.Predicted * Prefill) + (steps.Decode.Predicted * Decode);
            speed = expected > 0 ? steps.All.Observed / expected : speed;
            approach = to.Asks > from.Asks ? (to.ApproachSeconds - from.ApproachSeconds) / (to.Asks - from.Asks) : approach;
            (ends[i], speeds[i], approaches[i]) = (to.AtSeconds, speed, approach);
            AddSpread(steps.Encode, ref spread, ref squares);
            AddSpread(steps.Prefill, ref spread, ref squares);
            AddSpread(steps.Decode, ref spread, ref squares);
        }

        Noise = squares > 0 ? Math.Sqrt(Math.Log(1 + (spread / squares))) : 0;
        (_ends, _speeds, _approaches) = ([.. ends], [.. speeds], [.. approaches]);
    }

    /// <summary>The profile's correction when the run began.</summary>
    public double Correction { get; }

    /// <summary>Observed over predicted seconds of encoding, the whole run.</summary>
    public double Encode { get; }

    /// <summary>The same of prefills.</summary>
    public double Prefill { get; }

    /// <summary>The same of decode steps.</summary>
    public double Decode { get; }

    /// <summary>Standard deviation of the logarithm of a step's time around its slot's mean.</summary>
    public double Noise { get; }

    /// <summary>The profile as its stages really were, on average over the run.</summary>
    public LatencyProfile Truth(LatencyProfile measured) => measured with
    {
        FrameSeconds = measured.FrameSeconds * Encode,
        PrefixSeconds = [.. measured.PrefixSeconds.Select(seconds => seconds * Prefill)],
        QuestionSeconds = measured.QuestionSeconds * Prefill,
        DecodeStepSeconds = [.. measured.DecodeStepSeconds.Select(seconds => seconds * Decode)],
        Correction = 1,
    };

    /// <summary>Factor on every stage's seconds at that time of the run.</summary>
    public double SpeedAt(double seconds) => _speeds[SlotAt(seconds)];

    /// <summary>Seconds that an ask captured then takes to the engine's door.</summary>
    public double ApproachAt(double seconds) => _approaches[SlotAt(seconds)];

    private int SlotAt(double seconds)
    {
        var found = _ends.AsSpan().BinarySearch(seconds);
        return Math.Min(found < 0 ? ~found : found, _ends.Length - 1);
    }

    private static double Ratio(in StepTotals steps, double otherwise) => steps.Predicted > 0 ? steps.Observed / steps.Predicted : otherwise;

    /// <summary>Adds one stage of one slot to the pooled relative variance; one step alone says nothing of it.</summary>
    private static void AddSpread(in StepTotals steps, ref double spread, ref double squares)
    {
        if (steps.Steps < 2)
        {
            return;
        }

        var mean = steps.Observed * steps.Observed / steps.Predicted;
        spread += Math.Max(0, steps.Squares - mean) * steps.Steps / (steps.Steps - 1);
        squares += mean;
    }
}
