using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.UnitTests.Core;

namespace DeltaEdge.UnitTests.Fabric;

public sealed class WorkerBookTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(3);
    private readonly WorkerBook _book = new(Ttl);

    [Fact]
    public void ReportWithinItsTime_IsLive()
    {
        _book.Hear(Reports.Worker("w1"), Ttl, At(0));

        Assert.Single(_book.Live(At(2.9)));
        Assert.Equal(2.9, _book.SecondsSinceReport("w1", At(2.9)), 9);
        Assert.Empty(_book.Live(At(3)));
        Assert.Empty(_book.Known(At(3)));
    }

    [Fact]
    public void ReportReadLate_KeepsOnlyWhatIsLeftOfItsTime()
    {
        _book.Hear(Reports.Worker("w1"), TimeSpan.FromSeconds(1), At(10));

        Assert.Equal(2, _book.SecondsSinceReport("w1", At(10)), 9);
        Assert.Empty(_book.Live(At(11)));
    }

    [Fact]
    public void SameReportReadAgain_IsNotProlonged()
    {
        _book.Hear(Reports.Worker("w1"), Ttl, At(0));
        _book.Hear(Reports.Worker("w1"), Ttl, At(2));

        Assert.Empty(_book.Live(At(3)));
    }

    [Fact]
    public void StoreAway_KeepsWorkersKnownButNotLive()
    {
        _book.Hear(Reports.Worker("w1"), Ttl, At(0));
        _book.Unreachable(At(1));

        Assert.Empty(_book.Live(At(60)));
        Assert.Single(_book.Known(At(60)));
    }

    [Fact]
    public void StoreBack_GivesEveryoneOneTimeToLiveToBeHeardAgain()
    {
        _book.Hear(Reports.Worker("w1"), Ttl, At(0));
        _book.Hear(Reports.Worker("w2"), Ttl, At(0));
        _book.Unreachable(At(1));
        _book.Read(At(60));
        _book.Hear(Reports.Worker("w2") with { Sequence = 2 }, Ttl, At(61));
        _book.Read(At(61));

        Assert.Equal(["w1", "w2"], _book.Known(At(62.9)).Select(r => r.WorkerId));
        Assert.Equal(["w2"], _book.Known(At(63)).Select(r => r.WorkerId));
        Assert.Equal(["w2"], _book.Live(At(62)).Select(r => r.WorkerId));
    }

    [Fact]
    public void NothingReadSinceItsTimeRanOut_IsNoLossBeforeTheNextRead()
    {
        _book.Hear(Reports.Worker("w1"), Ttl, At(0));
        _book.Hear(Reports.Worker("w2"), Ttl, At(0));
        _book.Read(At(0));
        var members = _book.Membership.Token();

        // The process stood still, or the read took long.
        Assert.Empty(_book.Live(At(9)));
        Assert.Equal(2, _book.Known(At(9)).Length);
        _book.Hear(Reports.Worker("w1") with { Sequence = 2 }, Ttl, At(9));
        Assert.False(members.HasChanged);
        _book.Read(At(9));

        Assert.Equal(["w1"], _book.Known(At(9)).Select(r => r.WorkerId));
    }

    [Fact]
    public void Membership_FiresOnJoinDrainMoveAndLossButNotOnHeartbeats()
    {
        var fired = 0;
        void Listen() => _book.Membership.Token().RegisterChangeCallback(_ =>
        {
            fired++;
            Listen();
        }, null);
        Listen();
        var report = Reports.Worker("w1");

        _book.Hear(report, Ttl, At(0));
        Assert.Equal(1, fired);
        _book.Hear(report with { Sequence = 2, QueueDepth = 9 }, Ttl, At(1));
        Assert.Equal(1, fired);
        _book.Hear(report with { Sequence = 3, Draining = true }, Ttl, At(2));
        Assert.Equal(2, fired);
        _book.Hear(report with { Sequence = 4, Address = "http://elsewhere:1" }, Ttl, At(3));
        Assert.Equal(3, fired);
        _ = _book.Live(At(6));
        Assert.Equal(4, fired);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
