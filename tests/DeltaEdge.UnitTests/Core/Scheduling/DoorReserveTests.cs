using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.UnitTests.Core.Scheduling;

public sealed class DoorReserveTests
{
    private readonly DoorReserve _reserve = new(SlaCatalog.Default);

    [Theory]
    [InlineData("priority")]
    [InlineData("default")]
    [InlineData("flex")]
    public void ClassThatIsAlone_GivesNothingAway(string slaClass)
    {
        for (var second = 0; second < 20; second++)
        {
            Assert.Equal(1, _reserve.Share(slaClass, TimeSpan.FromSeconds(second)));
        }
    }

    [Fact]
    public void LighterClasses_LeaveRoomForEachHeavierOneThatAsks()
    {
        Assert.Equal(1, _reserve.Share("priority", TimeSpan.Zero));
        Assert.Equal(0.9, _reserve.Share("default", TimeSpan.Zero), 9);
        Assert.Equal(0.8, _reserve.Share("flex", TimeSpan.Zero), 9);
        Assert.Equal(1, _reserve.Share("priority", TimeSpan.Zero));
    }

    [Fact]
    public void HeavierClassThatHasGone_IsForgotten()
    {
        _reserve.Share("priority", TimeSpan.Zero);

        Assert.Equal(0.9, _reserve.Share("flex", TimeSpan.FromSeconds(5)), 9);
        Assert.Equal(1, _reserve.Share("flex", TimeSpan.FromSeconds(5.1)));
    }

    [Fact]
    public void ClassesOfOneWeight_AreEqual()
    {
        var reserve = new DoorReserve(new SlaCatalog([new SlaClass { Name = "a", DeadlineMs = 100 }, new SlaClass { Name = "b", DeadlineMs = 200 }]));

        Assert.Equal(1, reserve.Share("a", TimeSpan.Zero));
        Assert.Equal(1, reserve.Share("b", TimeSpan.Zero));
    }

    [Fact]
    public void WithoutClassesOrUnknown_NothingIsKept()
    {
        _reserve.Share("priority", TimeSpan.Zero);

        Assert.Equal(1, _reserve.Share("probe", TimeSpan.Zero));
        Assert.Equal(1, new DoorReserve(null).Share("flex", TimeSpan.Zero));
    }
}
