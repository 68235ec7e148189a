using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Statistics;

/// <summary>Small runs for tests, one question per frame.</summary>
internal static class TestRuns
{
    /// <summary>Streams with a floor of 4; even ones are of class "priority" (0.3 s), odd ones of "default" (0.5 s).</summary>
    public static Workload Workload(double duration, int streams, params ReadOnlySpan<(double At, int Stream)> arrivals) => new()
    {
        Name = "test",
        Description = "A test's.",
        Seed = 1,
        DurationSeconds = duration,
        Streams = [.. Enumerable.Range(0, streams).Select(i => new CameraShape
        {
            Id = $"s{i}",
            SlaClass = i % 2 == 0 ? "priority" : "default",
            DeadlineSeconds = i % 2 == 0 ? 0.3 : 0.5,
            Range = new BudgetRange(4, 576),
            Kinds = [QuestionKind.Count],
        })],
        Arrivals = [.. arrivals.ToArray().Select((a, i) => new FrameArrival(a.At, a.Stream, (ulong)i))],
    };

    /// <summary>A run whose asks end as given, one for each arrival.</summary>
    public static PolicyRun Run(Workload workload, Func<int, FrameArrival, AskRecord> end, string policy = "test") => new()
    {
        Policy = policy,
        Workload = workload,
        Asks = [.. workload.Arrivals.Select((a, i) => end(i, a) with { Arrival = i, DueSeconds = a.AtSeconds, Kind = QuestionKind.Count })],
    };

    public static AskRecord OnTime(bool correct = true, double latency = 0.1, int budget = 576, double expected = 0.8) =>
        new(0, 0, 0, latency, AskEndKind.OnTime, budget, QuestionKind.Count, correct, expected);

    public static AskRecord Late(double latency = 1, int budget = 576, double expected = 0.8) => OnTime(true, latency, budget, expected) with { End = AskEndKind.Late };

    public static AskRecord Unanswered(AskEndKind end) => new(0, 0, 0, double.NaN, end, 0, QuestionKind.Count, false, 0);
}
