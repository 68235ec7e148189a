using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Capacity;

/// <summary>What would fit instead of a stream that does not: one change at a time, as short phrases for people.</summary>
public sealed class AdmissionAdvice(AdmissionModel model, TokenLadder ladder, double leastFramesPerSecond)
{
    /// <param name="present">Streams of the worker, without the one that is asked about.</param>
    /// <param name="wanted">The stream that was refused.</param>
    /// <param name="classes">The same stream in the other SLA classes, by class name.</param>
    public ImmutableArray<string> WhatFits(IReadOnlyList<StreamShape> present, StreamShape wanted, IEnumerable<KeyValuePair<string, StreamShape>> classes)
    {
        bool Fits(StreamShape shape) => model.Judge(present, shape).IsAdmitted;

        var fits = ImmutableArray.CreateBuilder<string>();
        var rate = Math.Floor(10 * model.Room(present) / model.FloorSeconds(wanted)) / 10;
        if (rate >= leastFramesPerSecond && rate < wanted.FramesPerSecond && Fits(wanted with { FramesPerSecond = rate }))
        {
            fits.Add(string.Create(CultureInfo.InvariantCulture, $"at {rate:0.#} frames/s"));
        }

        for (var count = wanted.Questions.Length - 1; count > 0; count--)
        {
            if (Fits(wanted with { Questions = wanted.Questions[..count] }))
            {
                fits.Add(count == 1 ? "with 1 question" : $"with {count} questions");
                break;
            }
        }

        for (var rung = ladder.RungAtLeast(wanted.Range.Floor) + 1; rung < ladder.Count; rung++)
        {
            if (Fits(wanted with { Range = wanted.Range with { Floor = ladder[rung] } }))
            {
                fits.Add($"with min_tokens {ladder[rung]}");
                break;
            }
        }

        foreach (var (name, shape) in classes)
        {
            if (Fits(shape))
            {
                fits.Add($"in class {name}");
            }
        }

        return fits.ToImmutable();
    }
}
