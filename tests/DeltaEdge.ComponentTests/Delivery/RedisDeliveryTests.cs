using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Delivery;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>Against redis-server itself.</summary>
public sealed class RedisDeliveryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Messages_AreInTheStreamWhichStaysShort()
    {
        RedisServer.SkipIfMissing();
        await using var server = await RedisServer.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);

        host.Send(Target(server, maxLength: 100), DeliveryHost.Keys(1000));
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") == 1000, () => "all to be delivered");

        var length = int.Parse((await server.CommandAsync("XLEN events:cam:rule"))[1..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(length, 100, 250);
    }

    [Fact]
    public async Task ServerThatDies_GetsTheRestWhenItIsBack()
    {
        RedisServer.SkipIfMissing();
        await using var server = await RedisServer.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        host.Send(Target(server), "first");
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") == 1, () => "the first message");

        server.Kill();
        host.Send(Target(server), DeliveryHost.Keys(100));
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") > 3, () => "attempts that fail");
        await server.RestartAsync();
        await Wait.UntilAsync(() => host.Pending == 0, () => $"all to be delivered; {host.Pending} wait");

        Assert.Equal(":100", await server.CommandAsync("XLEN events:cam:rule"));
    }

    [Fact]
    public async Task PasswordAndDatabase_AreUsed()
    {
        RedisServer.SkipIfMissing();
        await using var server = await RedisServer.StartAsync();
        Assert.Equal("+OK", await server.CommandAsync("ACL SETUSER camera on >word ~* +xadd +select"));
        await using var host = await DeliveryHost.StartAsync(_directory.Path);

        host.Send(Target(server) with { Url = $"redis://camera:word@{server.ConnectionString}/3" }, "a");
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") > 0, () => "an attempt");

        Assert.Equal(0, host.Pending);
        Assert.Equal(":0", await server.CommandAsync("XLEN events:cam:rule"));
    }

    private static DeliveryTarget Target(RedisServer server, int maxLength = 1000) =>
        new() { Type = SinkKinds.Redis, Url = $"redis://{server.ConnectionString}", Key = "events:{stream}:{type}", MaxLength = maxLength, What = ["events"] };
}
