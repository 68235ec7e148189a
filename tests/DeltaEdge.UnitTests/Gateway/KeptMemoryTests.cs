using DeltaEdge.Gateway;
using DeltaEdge.Gateway.Retries;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Gateway;

public sealed class KeptMemoryTests
{
    [Fact]
    public void ItIsAllTaken_OthersHoldNothingUntilItIsGivenBack()
    {
        var memory = Memory(100);
        using var other = memory.Open();
        using (var first = memory.Open())
        {
            Assert.True(first.TryHold(64));
            Assert.False(other.TryHold(64));
            Assert.True(other.TryHold(32));
        }

        Assert.True(other.TryHold(64));
    }

    [Fact]
    public void BodyGrows_TheDifferenceIsTaken()
    {
        var memory = Memory(64);
        using var share = memory.Open();

        Assert.True(share.TryHold(0));
        Assert.True(share.TryHold(33));
        Assert.True(share.TryHold(5));
        Assert.True(share.TryHold(64));
        Assert.False(share.TryHold(65));
    }

    [Fact]
    public void BodyIsRefusedWhileItGrows_WhatWasTakenStaysSoUntilItEnds()
    {
        var memory = Memory(64);
        using var other = memory.Open();
        using (var share = memory.Open())
        {
            Assert.True(share.TryHold(64));
            Assert.False(share.TryHold(65));
            Assert.False(other.TryHold(1));
        }

        Assert.True(other.TryHold(64));
    }

    private static KeptMemory Memory(long bytes) => new(Options.Create(new GatewayOptions { RetryMaxKeptBytes = bytes }));
}
