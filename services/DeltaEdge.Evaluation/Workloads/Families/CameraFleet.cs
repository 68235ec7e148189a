using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>
/// W6: cameras of 1, 2 and 5 frames/s with jitter, of two SLA classes, with one to three questions and different floors and
/// ceilings. Their load without bursts is that of the name (<c>w6-cameras-rho2</c>), or their number is (<c>w6-cameras-n24</c>).
/// About every ten seconds something happens everywhere at once, and all cameras send five times as many frames for a second. A
/// quarter joins during the first half, an eighth leaves during the second, and after three fifths of the run half of them lose their
/// connection for 2 s and come back together.
/// </summary>
internal static class CameraFleet
{
    private const string Family = "w6-cameras";
    private const double UsualLoad = 1;
    private const int RateChoices = 3;
    private const double MeanRate = 8.0 / RateChoices;

    private static readonly ImmutableArray<double> FramesPerSecond = [1, 2, 5];
    private static readonly ImmutableArray<int> QuestionCounts = [1, 1, 2, 1, 3];

    private static readonly ImmutableArray<BudgetRange> Ranges = [new(1, 576), new(4, 576), new(1, 576), new(16, 576), new(1, 144), new(4, 144), new(1, 576)];

    public static IEnumerable<string> Names => [Family];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (Cameras(name, settings) is not { } count)
        {
            return null;
        }

        var draws = new Draws(settings.Seed, name);
        var bursts = Bursts(draws, settings.DurationSeconds);
        var arrivals = new List<FrameArrival>();
        for (var camera = 0; camera < count; camera++)
        {
            var life = CameraLife.Draw(draws, camera, settings.DurationSeconds, bursts);
            foreach (var at in life.Frames(draws, FramesPerSecond[camera % RateChoices]))
            {
                arrivals.Add(new(at, camera, draws.Bits()));
            }
        }

        return new()
        {
            Name = name,
            Description = FormattableString.Invariant($"{count} cameras of 1, 2 and 5 frames/s with bursts in step, joining, leaving and a reconnect storm."),
            Seed = settings.Seed,
            DurationSeconds = settings.DurationSeconds,
            Streams = Shapes(count, settings),
            Arrivals = [.. arrivals.OrderBy(a => a.AtSeconds)],
        };
    }

    private static int? Cameras(string name, WorkloadSettings settings)
    {
        var wanted = WorkloadName.Numbers(name, Family, ("n", null)) is [var count] ? count
            : WorkloadName.Numbers(name, Family, ("rho", UsualLoad)) is [var rho] ? rho * settings.CapacityPerSecond / MeanRate
            : (double?)null;
        return wanted is { } cameras ? Math.Max(1, (int)Math.Round(cameras)) : null;
    }

    /// <summary>Begins of the seconds in which everything fires, far enough apart not to meet.</summary>
    private static ImmutableArray<double> Bursts(Draws draws, double duration)
    {
        const double Between = 10;
        var bursts = ImmutableArray.CreateBuilder<double>();
        for (var at = draws.Between(2, Between); at < duration; at += draws.Between(0.5 * Between, 1.5 * Between))
        {
            bursts.Add(at);
        }

        return bursts.ToImmutable();
    }

    private static ImmutableArray<CameraShape> Shapes(int count, WorkloadSettings settings)
    {
        const int PriorityEvery = 4;
        var draws = new Draws(settings.Seed, "cameras");
        var questions = Enumerable.Range(0, count).Sum(i => QuestionCounts[i % QuestionCounts.Length]);
        var kinds = new Queue<QuestionKind>(settings.KindMix.Spread(questions, draws));
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var sla = i % PriorityEvery == 0 ? SlaTerms.Priority : SlaTerms.Default;
            return new CameraShape
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"camera-{i:000}"),
                SlaClass = sla.Name,
                DeadlineSeconds = sla.DeadlineSeconds,
                Range = Ranges[i % Ranges.Length],
                Placed = true,
                Kinds = [.. Enumerable.Range(0, QuestionCounts[i % QuestionCounts.Length]).Select(_ => kinds.Dequeue())],
            };
        })];
    }
}
