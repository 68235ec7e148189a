using DeltaEdge.Core.Answers;
using DeltaEdge.Streams.Answers;

namespace DeltaEdge.UnitTests.Streams;

public sealed class AnswerFeedTests
{
    private static readonly AnswerInfo Info = new()
    {
        Budget = 0,
        ImageTokens = 0,
        FullBudget = 576,
        QuestionKind = "other",
        ExpectedAccuracy = 0,
        AccuracyBasis = "",
        DegradedReason = "none",
        SlaClass = "default",
        DeadlineMs = 500,
        CaptureAgeMs = 0,
        OnTime = true,
        Latency = new LatencySplit(),
        Worker = "w",
    };

    [Fact]
    public void Ids_RiseByOneFromOne()
    {
        var feed = Create(10, answers: 3);
        Assert.Equal([1L, 2L, 3L], feed.ReadAfter(0).Select(i => i.Answer!.Id));
        Assert.Equal([3L], feed.ReadAfter(2).Select(i => i.Answer!.Id));
        Assert.Empty(feed.ReadAfter(3));
    }

    [Fact]
    public void ReaderTooFarBehind_IsToldHowManyItMissed()
    {
        var items = Create(4, answers: 10).ReadAfter(2);
        Assert.Equal(new FeedItem(null, Missed: 4, NextId: 7), items[0]);
        Assert.Equal([7L, 8L, 9L, 10L], items.Skip(1).Select(i => i.Answer!.Id));
    }

    [Fact]
    public void IdOfAnEarlierLife_StartsOver() => Assert.Equal(2, Create(10, answers: 2).ReadAfter(500).Length);

    [Fact]
    public void ReadAfter_GivesAtMostWhatIsAsked() => Assert.Equal([1L, 2L], Create(10, answers: 5).ReadAfter(0, max: 2).Select(i => i.Answer!.Id));

    [Fact]
    public async Task ManyReadersWhileAnswersCome_LoseNone()
    {
        const int Answers = 20_000;
        var feed = new AnswerFeed(Answers);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var expected = 1L;
            await foreach (var item in feed.FollowAsync(0, CancellationToken.None))
            {
                Assert.Equal(expected++, item.Answer?.Id);
            }

            return expected - 1;
        })).ToArray();
        await Task.Run(() =>
        {
            for (var i = 0; i < Answers; i++)
            {
                feed.Append(Answer());
            }

            feed.Close();
        });
        Assert.All(await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(30)), count => Assert.Equal(Answers, count));
    }

    [Fact]
    public async Task SlowReader_SkipsWithANoticeAndNobodyWaitsForIt()
    {
        var feed = Create(2, answers: 1);
        await using var reader = feed.FollowAsync(0, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        for (var i = 0; i < 9; i++)
        {
            feed.Append(Answer());
        }

        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(new FeedItem(null, Missed: 7, NextId: 9), reader.Current);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(9, reader.Current.Answer?.Id);
    }

    [Fact]
    public async Task ClosedFeed_EndsItsReadersAndTakesNoMore()
    {
        var feed = Create(5, answers: 1);
        feed.Close();
        feed.Append(Answer());
        var read = new List<FeedItem>();
        await foreach (var item in feed.FollowAsync(0, CancellationToken.None))
        {
            read.Add(item);
        }

        Assert.Single(read);
    }

    private static AnswerFeed Create(int capacity, int answers)
    {
        var feed = new AnswerFeed(capacity);
        for (var i = 0; i < answers; i++)
        {
            feed.Append(Answer());
        }

        return feed;
    }

    private static StreamAnswer Answer() => new()
    {
        StreamId = "a",
        QuestionId = "q1",
        Question = "?",
        Answer = "yes",
        Outcome = "on_time",
        FrameIndex = 0,
        SourceSeconds = 0,
        CapturedAt = DateTimeOffset.UnixEpoch,
        Deltaedge = Info,
    };
}
