using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>Clients that send images with one question each, and the workloads that consist of them.</summary>
internal static class Clients
{
    /// <summary>Arrivals are spread over that many.</summary>
    public const int Count = 64;

    /// <summary>Every fourth client is of the priority class.</summary>
    private const int PriorityEvery = 4;

    /// <summary>Clients with kinds by the settings' mix; one in four asks with priority.</summary>
    public static ImmutableArray<CameraShape> Shapes(WorkloadSettings settings)
    {
        var kinds = settings.KindMix.Spread(Count, new Draws(settings.Seed, "clients"));
        return [.. kinds.Select((kind, i) => Shape(i, kind))];
    }

    /// <summary>A workload of arrivals that come from any client alike.</summary>
    /// <param name="name">Its name; arrivals of another name are other arrivals.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="settings">Seed, length and kinds.</param>
    /// <param name="times">Seconds, in order, inside the run.</param>
    public static Workload Build(string name, string description, WorkloadSettings settings, IEnumerable<double> times)
    {
        var draws = new Draws(settings.Seed, $"{name}:contents");
        return Build(name, description, settings, times.Select(at => new FrameArrival(at, draws.Below(Count), draws.Bits())));
    }

    /// <summary>A workload of arrivals at clients.</summary>
    public static Workload Build(string name, string description, WorkloadSettings settings, IEnumerable<FrameArrival> arrivals) => new()
    {
        Name = name,
        Description = description,
        Seed = settings.Seed,
        DurationSeconds = settings.DurationSeconds,
        Streams = Shapes(settings),
        Arrivals = [.. arrivals],
    };

    private static CameraShape Shape(int index, QuestionKind kind)
    {
        var sla = index % PriorityEvery == 0 ? SlaTerms.Priority : SlaTerms.Default;
        return new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"client-{index:00}"),
            SlaClass = sla.Name,
            DeadlineSeconds = sla.DeadlineSeconds,
            Range = BudgetRange.Whole(TokenLadder.Default),
            Kinds = [kind],
        };
    }
}
