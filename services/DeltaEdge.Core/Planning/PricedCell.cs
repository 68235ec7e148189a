using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning.Allocation;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Planning;

/// <summary>A worker's <see cref="DemandCell"/>, by what it costs there and what it gains.</summary>
internal sealed class PricedCell
{
    private readonly LatencyProfile _profile;
    private readonly double _besidePrefix; // seconds per frame, corrected
    private readonly int _start;

    public PricedCell(DemandCell cell, LatencyProfile profile, SlaClass sla)
    {
        var ladder = profile.Ladder;
        _profile = profile;
        Class = sla;
        FramesPerSecond = cell.FramesPerSecond;
        var questions = cell.QuestionsPerSecond / cell.FramesPerSecond;
        _besidePrefix = profile.Correction
            * (profile.FrameSeconds + (questions * (profile.QuestionSeconds + (cell.MeanAnswerTokens * profile.DecodeShare(1)))));

        // A floor is a promise: the class's and the cell's both hold, and win over either ceiling.
        var last = ladder.RungAtLeast(Math.Max(cell.Range.Floor, sla.MinTokens));
        var first = Math.Min(last, ladder.RungAtMost(Math.Min(cell.Range.Ceiling, sla.MaxTokens)));
        Span<double> values = stackalloc double[ladder.Count];
        for (var rung = 0; rung < values.Length; rung++)
        {
            values[rung] = sla.Weight * cell.Values[rung];
        }

        Span<HullStep> steps = stackalloc HullStep[ladder.Count];
        var count = ConcaveHull.Steps(values, profile.PrefixSeconds.AsSpan(), first, last, steps, out _start);
        Steps = [.. steps[..count]];
    }

    public SlaClass Class { get; }

    public double FramesPerSecond { get; }

    /// <summary>From the floor up, by falling slope: weighted correct answers per second of the uncorrected profile.</summary>
    public ImmutableArray<HullStep> Steps { get; }

    /// <summary>Visual tokens at a price.</summary>
    public int BudgetAt(double price) => _profile.Ladder[RungAt(price)];

    /// <summary>Predicted seconds of one frame with all its questions, at a price.</summary>
    public double SecondsAt(double price) => _besidePrefix + _profile.PredictPrefix(RungAt(price));

    private int RungAt(double price)
    {
        var rung = _start;
        foreach (var step in Steps)
        {
            if (step.Slope <= price)
            {
                break;
            }

            rung = step.Rung;
        }

        return rung;
    }
}
