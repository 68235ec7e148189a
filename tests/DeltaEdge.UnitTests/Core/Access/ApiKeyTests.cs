using DeltaEdge.Core.Access;

namespace DeltaEdge.UnitTests.Core.Access;

public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApiKey Key = new() { Id = "a", Name = "n", Hash = "", CreatedAt = Now };

    [Fact]
    public void Validity_EndsWithRevocationOrTime()
    {
        Assert.True(Key.IsValidAt(Now));
        Assert.False((Key with { IsRevoked = true }).IsValidAt(Now));
        Assert.True((Key with { ExpiresAt = Now.AddSeconds(1) }).IsValidAt(Now));
        Assert.False((Key with { ExpiresAt = Now }).IsValidAt(Now));
    }

    [Fact]
    public void Streams_AreSeenByTheirKeyAndByAdministrators()
    {
        Assert.True(Key.MaySeeStreamsOf("a"));
        Assert.False(Key.MaySeeStreamsOf("b"));
        Assert.False(Key.MaySeeStreamsOf(null));
        Assert.True((Key with { IsAdmin = true }).MaySeeStreamsOf("b"));
        Assert.True((Key with { IsAdmin = true }).MaySeeStreamsOf(null));
    }

    [Fact]
    public void Metrics_AreSeenByRightOrByAdministrators()
    {
        Assert.False(Key.MaySeeMetrics);
        Assert.True((Key with { SeesMetrics = true }).MaySeeMetrics);
        Assert.True((Key with { IsAdmin = true }).MaySeeMetrics);
    }
}
