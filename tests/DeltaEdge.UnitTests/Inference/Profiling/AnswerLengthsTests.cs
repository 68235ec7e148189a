using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Profiling;

namespace DeltaEdge.UnitTests.Inference.Profiling;

public sealed class AnswerLengthsTests
{
    [Fact]
    public void Expected_FollowsWhatIsSeenOfThatKind()
    {
        var lengths = new AnswerLengths(Enumerable.Repeat(4, Enum.GetValues<QuestionKind>().Length).ToArray());
        for (var i = 0; i < 100; i++)
        {
            lengths.Observe(QuestionKind.Describe, 60);
            lengths.Observe(QuestionKind.YesNo, 0);
        }

        Assert.Equal(60, lengths.Expected(QuestionKind.Describe));
        Assert.Equal(1, lengths.Expected(QuestionKind.YesNo));
        Assert.Equal(4, lengths.Expected(QuestionKind.Count));
    }
}
