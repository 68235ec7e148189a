using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Routing;

namespace DeltaEdge.UnitTests.Gateway;

public sealed class AskLedgerTests
{
    private readonly AskLedger _ledger = new();

    [Fact]
    public void BacklogsDiffer_ShorterOneIsChosen()
    {
        var chosen = _ledger.Send([Reports.Of("a", backlogSeconds: 0.5), Reports.Of("b", backlogSeconds: 0.2)]);

        Assert.Equal("b", chosen.WorkerId);
    }

    [Fact]
    public void SlowWorkerIsIdle_FastOneWithLittleBacklogIsChosen()
    {
        var chosen = _ledger.Send([Reports.Of("slow", askSeconds: 0.4), Reports.Of("fast", backlogSeconds: 0.1, askSeconds: 0.1)]);

        Assert.Equal("fast", chosen.WorkerId);
    }

    [Fact]
    public void ManyAsksOnOneReport_AreSharedOutBySpeed()
    {
        var reports = new[] { Reports.Of("fast", askSeconds: 0.1), Reports.Of("slow", askSeconds: 0.3) };

        var chosen = Enumerable.Range(0, 40).Select(_ => _ledger.Send(reports).WorkerId).ToList();

        Assert.Equal(30, chosen.Count(id => id == "fast"));
    }

    [Fact]
    public void EqualWorkers_TakeTurns()
    {
        var reports = new[] { Reports.Of("a"), Reports.Of("b"), Reports.Of("c") };
        var chosen = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var ticket = _ledger.Send(reports);
            chosen.Add(ticket.WorkerId);
            _ledger.Complete(ticket);
        }

        Assert.Equal(3, chosen.Count);
    }

    [Fact]
    public void AskEnds_ItNoLongerCounts()
    {
        var reports = new[] { Reports.Of("a"), Reports.Of("b", backlogSeconds: 0.15) };
        Assert.Equal("a", SendAndEnd(reports));
        Assert.Equal("a", SendAndEnd(reports));
        Assert.Equal("a", SendAndEnd(reports));
    }

    [Fact]
    public void NewReport_TakesOverWhatWasSent()
    {
        for (var i = 0; i < 5; i++)
        {
            _ledger.Send([Reports.Of("a")]);
        }

        var chosen = _ledger.Send([Reports.Of("a", backlogSeconds: 0.1, sequence: 2), Reports.Of("b", backlogSeconds: 0.3)]);

        Assert.Equal("a", chosen.WorkerId);
    }

    [Fact]
    public void AskOfAnOlderReportEnds_NewCountIsUntouched()
    {
        var old = _ledger.Send([Reports.Of("a")]);
        var current = new[] { Reports.Of("a", sequence: 2), Reports.Of("b", backlogSeconds: 0.05) };
        Assert.Equal("a", _ledger.Send(current).WorkerId);

        _ledger.Complete(old);

        Assert.Equal("b", _ledger.Send(current).WorkerId);
    }

    [Fact]
    public void Peek_CountsNothing()
    {
        var reports = new[] { Reports.Of("a"), Reports.Of("b", backlogSeconds: 0.05) };
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal("a", _ledger.Peek(reports)));
    }

    [Fact]
    public void WorkerLeft_ItsCountIsForgotten()
    {
        var reports = new[] { Reports.Of("a"), Reports.Of("b", backlogSeconds: 0.05) };
        _ledger.Send(reports);
        _ledger.Retain(new HashSet<string>());

        Assert.Equal("a", _ledger.Send(reports).WorkerId);
    }

    [Fact]
    public async Task ManyThreads_CountEveryAskOnce()
    {
        var reports = new[] { Reports.Of("a"), Reports.Of("b") };
        var tickets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 500).Select(_ => _ledger.Send(reports)).ToList())));

        Assert.Equal(2000, tickets.SelectMany(t => t).Count(t => t.WorkerId == "a"));
    }

    private string SendAndEnd(WorkerReport[] reports)
    {
        var ticket = _ledger.Send(reports);
        _ledger.Complete(ticket);
        return ticket.WorkerId;
    }
}
