using System.Collections.Immutable;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Capacity;

/// <summary>
/// How many streams of one shape a fleet of equal workers takes: at each budget the most for which utilisation stays within its
/// limit and the tail of <see cref="QueueForecast"/> inside the deadline. Pure.
/// </summary>
public sealed class CapacityModel(LatencyProfile profile, AccuracyProfile accuracy, CapacityLimits limits)
{
    /// <summary>Most streams that are counted per worker.</summary>
    private const int MostStreams = 1 << 20;

    /// <param name="shape">One stream.</param>
    /// <param name="workers">Engines like the one profiled; a stream belongs to one of them.</param>
    /// <param name="accuracyFloor">Mean accuracy over the stream's questions that is wanted, 0 to 1.</param>
    public CapacityAnswer Answer(StreamShape shape, int workers = 1, double accuracyFloor = 0)
    {
        var budgets = ImmutableArray.CreateBuilder<BudgetCapacity>(profile.Ladder.Count);
        for (var rung = 0; rung < profile.Ladder.Count; rung++)
        {
            budgets.Add(At(shape, rung, workers, accuracyFloor));
        }

        var best = budgets.Where(b => b.IsAllowed && b.Streams > 0).OrderByDescending(b => b.Streams).ThenByDescending(b => b.MeanAccuracy).FirstOrDefault();
        return new(budgets.MoveToImmutable(), best);
    }

    /// <summary>What is predicted for that many streams of the shape on one worker.</summary>
    public QueueForecast Forecast(StreamShape shape, int rung, int streams) => new([Flow(shape, rung, streams)], limits.TailMargin);

    private BudgetCapacity At(StreamShape shape, int rung, int workers, double accuracyFloor)
    {
        var ladder = profile.Ladder;
        var perWorker = Most(shape, rung);
        var flow = Flow(shape, rung, Math.Max(1, perWorker));
        var forecast = new QueueForecast([flow], limits.TailMargin);
        var mean = shape.Value(accuracy, ladder[rung]) / shape.Questions.Length;
        return new()
        {
            Budget = ladder[rung],
            Streams = perWorker * workers,
            FramesPerSecond = perWorker * workers * shape.FramesPerSecond,
            Utilisation = forecast.Utilisation,
            P50Seconds = forecast.Median(flow),
            P99Seconds = forecast.Tail(flow, limits.Attainment),
            Accuracy = shape.Questions.Select(q => q.Kind).Distinct().ToImmutableSortedDictionary(kind => kind, kind => accuracy.Expected(ladder[rung], kind)),
            MeanAccuracy = mean,
            IsAllowed = mean >= accuracyFloor && rung >= shape.FirstRung(ladder) && rung <= shape.LastRung(ladder),
        };
    }

    /// <summary>Most streams at that rung on one worker: what fits is a range from 0, so it is found by halving.</summary>
    private int Most(StreamShape shape, int rung)
    {
        var (fits, fails) = (0, 1);
        while (fails <= MostStreams && Fits(shape, rung, fails))
        {
            (fits, fails) = (fails, fails * 2);
        }

        while (fails - fits > 1)
        {
            var middle = (fits + fails) / 2;
            (fits, fails) = Fits(shape, rung, middle) ? (middle, fails) : (fits, middle);
        }

        return fits;
    }

    private bool Fits(StreamShape shape, int rung, int streams)
    {
        var forecast = Forecast(shape, rung, streams);
        return forecast.Utilisation <= limits.Utilisation && forecast.Holds(limits.Attainment);
    }

    private ServiceFlow Flow(StreamShape shape, int rung, int streams) =>
        new(streams * shape.FramesPerSecond, shape.Seconds(profile, rung), shape.DeadlineSeconds);
}
