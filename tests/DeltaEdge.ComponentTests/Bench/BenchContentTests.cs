using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.ComponentTests.Bench;

public sealed class BenchContentTests
{
    [Fact]
    public void EveryArrival_GetsAFrameThatHasItsKinds()
    {
        var workload = Samples.Workload((0, [QuestionKind.YesNo]), (0.1, [QuestionKind.Read]), (0.2, [QuestionKind.Count, QuestionKind.Count]));
        var content = new BenchContent(Samples.Frames, workload);

        Assert.Equal([1, 1, 2], content.Questions.Select(q => q.Length));
        Assert.Equal("407", content.Questions[1][0].Answer);
        Assert.Equal(2, content.Questions[2].Select(q => q.Text).Distinct().Count());
        Assert.All(content.Questions.Zip(content.Frames), pair => Assert.All(pair.First, q => Assert.Contains(q, pair.Second.Questions)));
    }

    [Fact]
    public void Frames_ComeRoundOnlyAfterAllOthers()
    {
        var workload = Samples.Workload([.. Enumerable.Range(0, 10).Select(i => (i / 10.0, new[] { QuestionKind.YesNo }))]);
        var frames = new BenchContent(Samples.Frames, workload).Frames;

        Assert.Equal(5, frames.Take(5).Distinct().Count());
        Assert.Equal(frames.Take(5), frames.Skip(5));
    }

    [Fact]
    public void SameWorkload_HasTheSameContent()
    {
        var workload = Samples.Workload((0, [QuestionKind.Count]), (0.1, [QuestionKind.Count]), (0.2, [QuestionKind.YesNo]));

        Assert.Equal(new BenchContent(Samples.Frames, workload).Questions.SelectMany(q => q), new BenchContent(Samples.Frames, workload).Questions.SelectMany(q => q));
    }

    [Fact]
    public void KindThatNoFrameHas_IsNamed()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new BenchContent(Samples.Frames, Samples.Workload((0, [QuestionKind.Where]))));

        Assert.Contains("where", error.Message, StringComparison.Ordinal);
    }
}
