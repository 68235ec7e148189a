using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class ServingPoliciesTests
{
    private static readonly TokenLadder Ladder = TokenLadder.Default;

    [Fact]
    public void EveryName_IsFoundUnderItselfAndOnlyOnce()
    {
        var names = ServingPolicies.Names(Ladder).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Equal(name, ServingPolicies.Find(name, Ladder)!.Name));
    }

    [Fact]
    public void AllowedText_NamesEveryPolicy()
    {
        var allowed = ServingPolicies.Allowed.Split(", ");
        var named = ServingPolicies.Names(Ladder).Select(name => name.Split('-') is ["fixed" or "admission" or "yield", _] parts ? $"{parts[0]}-<budget>" : name).Distinct();

        Assert.Equal(named.Order(), allowed.Order());
    }

    [Theory]
    [InlineData("drop-oldest-576", DoorRule.NewestPerStream)]
    [InlineData("admission-576", DoorRule.Predicted)]
    [InlineData("yield-36", DoorRule.Yielding)]
    [InlineData("deltaedge", DoorRule.Yielding)]
    [InlineData("deltaedge-no-yield", DoorRule.Predicted)]
    [InlineData("fixed-576", DoorRule.Open)]
    [InlineData("proteus", DoorRule.Open)]
    public void Door_IsTheOneOfTheBaseline(string name, DoorRule door) => Assert.Equal(door, ServingPolicies.Find(name, Ladder)!.Door);

    [Theory]
    [InlineData("fixed-7")]
    [InlineData("aimd-64")]
    [InlineData("")]
    public void UnknownName_FindsNothing(string name) => Assert.Null(ServingPolicies.Find(name, Ladder));

    [Fact]
    public void Find_GivesEachWorkerItsOwn() => Assert.NotSame(ServingPolicies.Find("brownout", Ladder), ServingPolicies.Find("brownout", Ladder));

    [Fact]
    public void OtherLadder_KeepsToItsOwnLargest() => Assert.Contains("aimd-64", ServingPolicies.Names(new([64, 16])));
}
