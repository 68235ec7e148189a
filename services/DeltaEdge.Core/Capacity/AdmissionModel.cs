using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Capacity;

/// <summary>
/// Can this stream be added? It can unless the worker would be too busy even with every stream at its floor, or a frame of it
/// alone would be late at its floor: whatever floors can serve is let in, because budgets give way first. The budget predicted for
/// it is the one that the fast loop would find (<see cref="Policies.MarginalPolicy"/>): all streams pay the lowest price per engine second at
/// which utilisation and tails hold. Pure.
/// </summary>
public sealed class AdmissionModel(LatencyProfile profile, AccuracyProfile accuracy, CapacityLimits limits)
{
    private const double LowestPrice = 1e-3;
    private const double HighestPrice = 1e6;
    private const int Halvings = 16;

    /// <param name="present">Streams of the worker, without the one that is changed.</param>
    /// <param name="wanted">The stream to add, or to change into.</param>
    /// <param name="changed">The stream as it is, if it is there already: a change that asks no more of the engine always fits.</param>
    public StreamAdmission Judge(IReadOnlyList<StreamShape> present, StreamShape wanted, StreamShape? changed = null)
    {
        var refusal = Refusal(present, wanted, changed);
        StreamShape[] all = [.. present, wanted];
        var rungs = refusal is null ? Rungs(all) : Floors(all);
        var forecast = Forecast(all, rungs);
        var budget = profile.Ladder[rungs[^1]];
        return new()
        {
            Refusal = refusal,
            Warning = refusal is not null || forecast.Holds(limits.Attainment) ? null : Warning(),
            Budget = budget,
            Utilisation = forecast.Utilisation,
            FloorUtilisation = Forecast(all, Floors(all)).Utilisation,
            P99Seconds = forecast.Tail(Flow(wanted, rungs[^1]), limits.Attainment),
            Accuracy = wanted.Questions.Select(q => q.Kind).Distinct().ToImmutableSortedDictionary(kind => kind, kind => accuracy.Expected(budget, kind)),
        };
    }

    /// <summary>Share of the engine's time that is left when the streams are at their floors; negative if there is less than none.</summary>
    public double Room(IReadOnlyList<StreamShape> present) => limits.Utilisation - present.Sum(FloorUtilisation);

    /// <summary>Engine seconds of one frame of the stream at its floor.</summary>
    public double FloorSeconds(StreamShape shape) => shape.Seconds(profile, shape.LastRung(profile.Ladder));

    private double FloorUtilisation(StreamShape shape) => shape.FramesPerSecond * FloorSeconds(shape);

    private string? Refusal(IReadOnlyList<StreamShape> present, StreamShape wanted, StreamShape? changed)
    {
        var floor = FloorUtilisation(wanted);
        if (changed is not null && floor <= FloorUtilisation(changed) && wanted.DeadlineSeconds >= changed.DeadlineSeconds)
        {
            return null;
        }

        var seconds = FloorSeconds(wanted);
        if (seconds > wanted.DeadlineSeconds)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"A frame of this stream takes {1000 * seconds:0} ms of the engine at its smallest budget, longer than its deadline of {1000 * wanted.DeadlineSeconds:0} ms.");
        }

        var room = Room(present);
        return floor <= room
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"With every stream at its smallest budget the engine would be {100 * (limits.Utilisation - room + floor):0} % busy; at most {100 * limits.Utilisation:0} % are given away.");
    }

    /// <summary>Streams are let in as far as floors carry them, so that with the last ones fewer answers may be on time than promised: that is said.</summary>
    private string Warning() => string.Create(
        CultureInfo.InvariantCulture,
        $"Not every stream is then predicted to have {100 * limits.Attainment:0.#} % of its answers on time, even with all at their smallest budgets.");

    /// <summary>By stream its rung at the lowest price that is predicted to hold; the floors if none is.</summary>
    private int[] Rungs(StreamShape[] all)
    {
        var values = all.Select(Values).ToArray();
        int[] At(double price) => [.. all.Select((shape, i) =>
            AccuracyCurve.RungAt(values[i], profile.PrefixSeconds, price, shape.FirstRung(profile.Ladder), shape.LastRung(profile.Ladder)))];

        if (Holds(all, At(0)) is { } free)
        {
            return free;
        }

        var best = Floors(all);
        var (low, high) = (Math.Log(LowestPrice), Math.Log(HighestPrice));
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Holds(all, At(Math.Exp(middle))) is { } rungs)
            {
                (best, high) = (rungs, middle);
            }
            else
            {
                low = middle;
            }
        }

        return best;
    }

    private int[]? Holds(StreamShape[] all, int[] rungs)
    {
        var forecast = Forecast(all, rungs);
        return forecast.Utilisation <= limits.Utilisation && forecast.Holds(limits.Attainment) ? rungs : null;
    }

    private double[] Values(StreamShape shape) => [.. profile.Ladder.Budgets.Select((budget, rung) =>
        shape.Weight * shape.Questions.Sum(q => q.Credited.IsDefault ? accuracy.Expected(budget, q.Kind) : q.Credited[rung]))];

    private int[] Floors(StreamShape[] all) => [.. all.Select(shape => shape.LastRung(profile.Ladder))];

    private QueueForecast Forecast(StreamShape[] all, int[] rungs) => new([.. all.Select((shape, i) => Flow(shape, rungs[i]))], limits.TailMargin);

    private ServiceFlow Flow(StreamShape shape, int rung) => new(shape.FramesPerSecond, shape.Seconds(profile, rung), shape.DeadlineSeconds);
}
