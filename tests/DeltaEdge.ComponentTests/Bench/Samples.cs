using System.Collections.Immutable;
using System.Text;
using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.ComponentTests.Bench;

/// <summary>A small workload and frames to go with it.</summary>
internal static class Samples
{
    public static ImmutableArray<BenchFrame> Frames { get; } =
    [
        .. Enumerable.Range(0, 5).Select(i => new BenchFrame(
            Encoding.ASCII.GetBytes($"frame{i}"),
            [new(QuestionKind.YesNo, $"Is it {i}?", "yes"), new(QuestionKind.Count, $"How many of {i}?", $"{i}"), new(QuestionKind.Count, "And now?", $"{i}{i}")])),
        new(Encoding.ASCII.GetBytes("panel"), [new(QuestionKind.Read, "What does it show?", "407")]),
    ];

    public static BenchSubject Subject { get; } = new("nano (12ab)", "program", "none", "34cd");

    public static Workload Workload(params (double At, QuestionKind[] Kinds)[] arrivals) => new()
    {
        Name = "sample",
        Description = "A sample.",
        Seed = 1,
        DurationSeconds = 1,
        Streams = [.. arrivals.Select((a, i) => new CameraShape
        {
            Id = $"camera-{i}", SlaClass = "default", DeadlineSeconds = 0.5, Range = new BudgetRange(1, 576), Kinds = [.. a.Kinds],
        })],
        Arrivals = [.. arrivals.Select((a, i) => new FrameArrival(a.At, i, (ulong)i * 7919))],
    };
}
