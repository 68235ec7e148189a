using DeltaEdge.UnitTests.Inference;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Inference.Scheduling;

namespace DeltaEdge.UnitTests.Core.Scheduling;

public sealed class ActiveRowsTests
{
    private readonly ActiveRows _rows = new(4);

    [Fact]
    public void RemovedFromTheMiddle_TheLastMovesIn()
    {
        var asks = Enumerable.Range(0, 3).Select(i => Asks.Create(i, 100 + i)).ToList();
        asks.ForEach(_rows.Add);
        Assert.Equal(2, _rows.RemoveAt(0));
        Assert.Same(asks[2], _rows[0]);
        Assert.Same(asks[1], _rows[1]);
        Assert.Equal((2, 2, 2), (_rows.Count, _rows.Free, _rows.NextRow));
    }

    [Fact]
    public void RemovedFromTheEnd_NothingMoves()
    {
        _rows.Add(Asks.Create(1, 100));
        Assert.Equal(-1, _rows.RemoveAt(0));
        Assert.Equal(0, _rows.Count);
        Assert.Equal(TimeSpan.MaxValue, _rows.MostUrgentDeadline());
        Assert.Equal(0, _rows.ExpectedSteps());
    }

    [Fact]
    public void Summary_IsThatOfTheWorst()
    {
        foreach (var (due, tokens) in new[] { (300, 2), (100, 9), (200, 4) })
        {
            var ask = Asks.Create(1, due, expectedTokens: tokens);
            ask.Answer = new int[20];
            ask.AnswerLength = 1;
            _rows.Add(ask);
        }

        Assert.Equal(Asks.Ms(100), _rows.MostUrgentDeadline());
        Assert.Equal(8, _rows.ExpectedSteps());
    }
}
