using System.Text;
using System.Text.Json;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Statistics;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Statistics;

public sealed class RunJsonTests
{
    private static readonly WorkloadSettings Settings = new() { CapacityPerSecond = 20, DurationSeconds = 12 };

    [Fact]
    public void Run_ComesBackAsItWas()
    {
        var run = Run();

        var back = RunJson.ReadRun(new MemoryStream(Bytes(to => RunJson.Write(to, run))), WorkloadSet.Find("step", Settings)!);

        Assert.Equal(run.Asks.AsEnumerable(), back.Asks.AsEnumerable());
        Assert.Equal(run.Policy, back.Policy);
    }

    [Fact]
    public void Run_IsCompact()
    {
        var run = Run();

        Assert.True(Bytes(to => RunJson.Write(to, run)).Length < 80 * run.Asks.Length);
    }

    [Fact]
    public void RunOfOtherArrivalsOrQuestions_Throws()
    {
        var file = Bytes(to => RunJson.Write(to, Run()));
        Workload[] others =
        [
            WorkloadSet.Find("step", Settings with { Seed = 2 })!, WorkloadSet.Find("step", Settings with { CapacityPerSecond = 21 })!,
            WorkloadSet.Find("w1-rho1", Settings)!, WorkloadSet.Find("step", Settings with { KindMix = new([new(QuestionKind.Read, 1)]) })!,
        ];

        Assert.All(others, other => Assert.Throws<InvalidDataException>(() => RunJson.ReadRun(new MemoryStream(file), other)));
    }

    [Fact]
    public void Summaries_ComeBackAsTheyWere_WithWhatIsNotANumber()
    {
        var never = Summarizer.Summarize(TestRuns.Run(WorkloadSet.Find("step", Settings)!, (_, _) => TestRuns.Unanswered(AskEndKind.Expired)));
        var some = Summarizer.Summarize(Run());

        var file = Bytes(to => RunJson.Write(to, [never, some]));
        var back = RunJson.ReadSummaries(new MemoryStream(file));

        Assert.Equal(file, Bytes(to => RunJson.Write(to, back)));
        Assert.Equal(double.NaN, back[0].MeanServingAccuracy);
        Assert.Equal(some.UsefulAnswers, back[1].UsefulAnswers);
        Assert.Equal(some.Ends.AsEnumerable(), back[1].Ends.AsEnumerable());
        Assert.Equal(some.Seconds.AsEnumerable(), back[1].Seconds.AsEnumerable());
    }

    [Fact]
    public void Keys_AreSnakeCase()
    {
        var text = Encoding.UTF8.GetString(Bytes(to => RunJson.Write(to, [Summarizer.Summarize(Run())])));

        Assert.Contains("\"useful_answers\":", text, StringComparison.Ordinal);
        Assert.Contains("{\"end\":\"on_time\",\"count\":", text, StringComparison.Ordinal);
        Assert.Contains("\"p95_seconds\":", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparisons_ComeBackAsTheyWere()
    {
        Comparison[] comparisons = [new("w2-cv4", "ours", "theirs", 0.1, -0.05, 0.2)];

        Assert.Equal(comparisons, RunJson.ReadComparisons(new MemoryStream(Bytes(to => RunJson.Write(to, [.. comparisons])))).AsEnumerable());
    }

    [Fact]
    public void FileThatIsCutShortOrSomethingElse_Throws()
    {
        var run = Bytes(to => RunJson.Write(to, Run()));
        var workload = WorkloadSet.Find("step", Settings)!;

        Assert.Throws<JsonException>(() => RunJson.ReadRun(new MemoryStream(run[..^10]), workload));
        Assert.Throws<JsonException>(() => RunJson.ReadRun(new MemoryStream("{}"u8.ToArray()), workload));
        Assert.Throws<JsonException>(() => RunJson.ReadRun(new MemoryStream("null"u8.ToArray()), workload));
        Assert.Throws<JsonException>(() => RunJson.ReadSummaries(new MemoryStream("[{}]"u8.ToArray())));
        Assert.Throws<JsonException>(() => RunJson.ReadComparisons(new MemoryStream("null"u8.ToArray())));
    }

    private static PolicyRun Run() => TestRuns.Run(WorkloadSet.Find("step", Settings)!, (i, _) => (i % 4) switch
    {
        0 => TestRuns.OnTime(latency: 0.1 + (i / 1000.0), expected: 0.8125),
        1 => TestRuns.OnTime(correct: false, budget: 16),
        2 => TestRuns.Late(),
        _ => TestRuns.Unanswered(AskEndKind.Gated),
    });

    private static byte[] Bytes(Action<Stream> write)
    {
        using var to = new MemoryStream();
        write(to);
        return to.ToArray();
    }
}
