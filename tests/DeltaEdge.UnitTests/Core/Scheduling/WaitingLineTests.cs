using DeltaEdge.UnitTests.Inference;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Inference.Scheduling;

namespace DeltaEdge.UnitTests.Core.Scheduling;

public sealed class WaitingLineTests
{
    private readonly WaitingLine _queue = new();

    [Fact]
    public void Groups_StandInDeadlineOrder()
    {
        Add(1, 300);
        Add(2, 100);
        Add(3, 200);
        Assert.Equal([2, 3, 1], Frames());
    }

    [Fact]
    public void SameFrameAndPromise_IsOneGroupAsUrgentAsItsMostUrgentAsk()
    {
        Add(1, 300);
        Add(2, 200);
        Add(1, 100);
        Assert.Equal([1, 2], Frames());
        Assert.Equal(2, _queue.Groups[0].Count);
        Assert.Equal(Asks.Ms(100), _queue.Groups[0].Deadline);
        Assert.Equal(3, _queue.Count);
    }

    [Fact]
    public void AnotherRangeOrClass_IsAnotherGroup()
    {
        _queue.Add(Asks.Create(1, 100));
        _queue.Add(Asks.Create(1, 100, ceiling: 16));
        _queue.Add(Asks.Create(1, 100, slaClass: "flex"));
        Assert.Equal(3, _queue.Groups.Count);
    }

    [Fact]
    public void EqualDeadlines_KeepTheirOrder()
    {
        for (var frame = 1; frame <= 5; frame++)
        {
            Add(frame, 100);
        }

        Assert.Equal([1, 2, 3, 4, 5], Frames());
    }

    [Fact]
    public void Expired_AreTakenUpToNow()
    {
        Add(1, 100);
        Add(2, 200);
        Add(1, 300);
        var expired = new List<PendingAsk>();
        _queue.TakeExpired(Asks.Ms(200), expired);
        Assert.Equal(2, expired.Count);
        Assert.Equal([1], Frames());
        Assert.Equal(Asks.Ms(300), _queue.Groups[0].Deadline);
    }

    [Theory]
    [InlineData(QueueOrder.Edf)]
    [InlineData(QueueOrder.Fifo)]
    public void FirstDeadline_IsThatOfTheMostUrgentWhereverItStands(QueueOrder order)
    {
        var queue = new WaitingLine(order);
        Assert.Null(queue.FirstDeadline);
        queue.Add(Asks.Create(1, 300));
        queue.Add(Asks.Create(2, 100));
        queue.Add(Asks.Create(3, 200));
        Assert.Equal(Asks.Ms(100), queue.FirstDeadline);
    }

    [Fact]
    public void RemovedTwice_IsThereOnlyOnce()
    {
        var ask = Add(1, 100);
        Assert.True(_queue.Remove(ask));
        Assert.False(_queue.Remove(ask));
        Assert.Equal(0, _queue.Count);
        Assert.Empty(_queue.Groups);
    }

    [Fact]
    public void RandomTraffic_KeepsItsInvariants()
    {
        var random = new Random(3);
        var waiting = new List<PendingAsk>();
        for (var i = 0; i < 5000; i++)
        {
            switch (random.Next(4))
            {
                case 0 when waiting.Count > 0:
                    var gone = waiting[random.Next(waiting.Count)];
                    Assert.True(_queue.Remove(gone));
                    waiting.Remove(gone);
                    break;
                case 1 when _queue.Groups.Count > 0:
                    var taken = _queue.TakeFirst(_queue.Groups[random.Next(_queue.Groups.Count)]);
                    Assert.True(waiting.Remove(taken));
                    break;
                default:
                    waiting.Add(Add(random.Next(20), random.Next(1000)));
                    break;
            }

            Assert.Equal(waiting.Count, _queue.Count);
            Assert.Equal(waiting.Count, _queue.Groups.Sum(g => g.Count));
            Assert.Equal(_queue.Groups.Select(g => g.Deadline).Order(), _queue.Groups.Select(g => g.Deadline));
            Assert.Equal(waiting.Select(WaitingLine.KeyOf).Distinct().Count(), _queue.Groups.Count);
        }
    }

    private Ask Add(int frame, double dueMs)
    {
        var ask = Asks.Create(frame, dueMs);
        _queue.Add(ask);
        return ask;
    }

    private IEnumerable<int> Frames() => _queue.Groups.Select(g => (int)g.Key.Frame);
}
