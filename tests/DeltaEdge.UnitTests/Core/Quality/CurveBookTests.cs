using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.UnitTests.Core.Quality;

public sealed class CurveBookTests
{
    [Fact]
    public void Curve_IsWeightTimesAccuracyWithTheKindsFloor()
    {
        var curve = Curves.Book().Of(7, QuestionKind.Count, "priority");

        Assert.Equal(Curves.Count.Select(a => Math.Round(2 * a, 9)), curve.Values.Select(v => Math.Round(v, 9)));
        Assert.Equal(4, curve.Floor);
    }

    [Fact]
    public void UnknownClass_Throws() => Assert.Throws<KeyNotFoundException>(() => Curves.Book().Of(7, QuestionKind.Count, "gold"));

    [Fact]
    public void ReadingTwice_GivesTheSameCurve_UntilAProbeChangesIt()
    {
        var book = Curves.Book();
        var before = book.Of(7, QuestionKind.Count, "default");
        Assert.Same(before, book.Of(7, QuestionKind.Count, "DEFAULT"));

        book.Learn(7, QuestionKind.Count, 4, agrees: false);

        var after = book.Of(7, QuestionKind.Count, "default");
        Assert.NotSame(before, after);
        Assert.Same(after, book.Of(7, QuestionKind.Count, "default"));
        Assert.True(after.Values[5] < before.Values[5]);
    }

    [Fact]
    public void Probe_ConcernsItsStreamAndKindOnly()
    {
        var book = Curves.Book();
        var (other, kind) = (book.Of(8, QuestionKind.Count, "default"), book.Of(7, QuestionKind.Read, "default"));

        book.Learn(7, QuestionKind.Count, 4, agrees: false);

        Assert.Same(other, book.Of(8, QuestionKind.Count, "default"));
        Assert.Same(kind, book.Of(7, QuestionKind.Read, "default"));
    }

    [Theory]
    [InlineData(36)]
    [InlineData(144)]
    [InlineData(576)]
    public void AnswerAtTheBestBudgetOrAbove_TeachesNothing(int budget)
    {
        var book = Curves.Book();
        var before = book.Of(7, QuestionKind.Count, "default");

        book.Learn(7, QuestionKind.Count, budget, agrees: false);

        Assert.Same(before, book.Of(7, QuestionKind.Count, "default"));
    }

    [Fact]
    public void Expected_IsCorrectedAndByBudget()
    {
        var book = Curves.Book();
        Assert.Equal(0.84, book.Expected(7, QuestionKind.Count, 4), 9);

        book.Learn(7, QuestionKind.Count, 4, agrees: false);

        Assert.InRange(book.Expected(7, QuestionKind.Count, 4), 0.7, 0.83);
        Assert.Equal(0.84, book.Expected(0, QuestionKind.Count, 4), 9);
    }

    [Fact]
    public void FloorsRise_ForTheStreamThatDisagrees()
    {
        var book = Curves.Book();
        for (var i = 0; i < 30; i++)
        {
            book.Learn(7, QuestionKind.Count, 4, agrees: false);
        }

        Assert.Equal((16, 4), (book.FloorOf(7, QuestionKind.Count), book.FloorOf(8, QuestionKind.Count)));
        Assert.Equal(16, book.Of(7, QuestionKind.Count, "flex").Floor);
    }

    [Fact]
    public void RemovedStream_IsForgotten()
    {
        var book = Curves.Book();
        book.Learn(7, QuestionKind.Count, 4, agrees: false);
        book.Forget(7);
        book.Forget(7);

        Assert.False(book.CurveOf(7, QuestionKind.Count).IsProbed);
    }

    [Fact]
    public void MoreStreamsThanKept_ForgetTheOneProbedLongestAgo()
    {
        var book = Curves.Book();
        for (var stream = 1UL; stream <= CurveBook.MostStreams; stream++)
        {
            book.Learn(stream, QuestionKind.Count, 4, agrees: false);
        }

        book.Learn(1, QuestionKind.Count, 4, agrees: false);
        book.Learn(9999, QuestionKind.Count, 4, agrees: false);

        Assert.True(book.CurveOf(1, QuestionKind.Count).IsProbed);
        Assert.False(book.CurveOf(2, QuestionKind.Count).IsProbed);
        Assert.True(book.CurveOf(9999, QuestionKind.Count).IsProbed);
    }

    [Fact]
    public void Reading_DoesNotAllocate()
    {
        var book = Curves.Book();
        book.Learn(7, QuestionKind.Count, 4, agrees: false);
        book.Of(7, QuestionKind.Count, "default");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            book.Of(7, QuestionKind.Count, "default");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
