using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Telemetry;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>Targets behind TLS whose certificates an authority of the operator's own gave out.</summary>
public sealed class TlsDeliveryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Webhook_IsDeliveredOnceItsAuthorityIsTrusted()
    {
        await using var receiver = await Receiver.StartAsync(certificate: _authority.Certificate);

        await DeliversAsync(DeliveryHost.Webhook(receiver.Address));

        Assert.Equal("https", receiver.Address.Scheme);
        Assert.Equal(["a"], receiver.Keys);
    }

    [Fact]
    public async Task Mqtt_IsDeliveredOnceItsAuthorityIsTrusted()
    {
        await using var broker = await MosquittoServer.StartAsync(_authority);
        using var subscriber = await broker.SubscribeAsync("deltaedge/#");

        await DeliversAsync(new() { Type = SinkKinds.Mqtt, Url = broker.TlsUrl, Topic = "deltaedge/{stream}", What = ["events"] });

        await Wait.UntilAsync(() => subscriber.All.Count == 1, () => $"the message; {subscriber.All.Count} came");
    }

    [Fact]
    public async Task Redis_IsDeliveredOnceItsAuthorityIsTrusted()
    {
        RedisServer.SkipIfMissing();
        await using var server = await RedisServer.StartAsync(_authority);

        await DeliversAsync(new() { Type = SinkKinds.Redis, Url = $"rediss://127.0.0.1:{server.TlsPort}", Key = "events", MaxLength = 10, What = ["events"] });

        Assert.Equal(":1", await server.CommandAsync("XLEN events"));
    }

    [Fact]
    public async Task CertificateForAnotherName_IsNotTrusted()
    {
        await using var receiver = await Receiver.StartAsync(certificate: _authority.Certificate);
        await using var host = await DeliveryHost.StartAsync(_directory.Path, o => o.TrustedAuthorities = _authority.AuthorityFile, resolve: _ => [System.Net.IPAddress.Loopback]);

        host.Send(DeliveryHost.Webhook(new UriBuilder(receiver.Address) { Host = "elsewhere.test" }.Uri), "a");
        await Wait.UntilAsync(() => host.Metrics.Sum(InstrumentNames.SinkDeliveriesTotal) >= 2, () => "two attempts");

        Assert.Empty(receiver.All);
        Assert.Equal(1, host.Pending);
    }

    /// <summary>What waits because nobody vouches for the target is delivered by a worker that is told who does.</summary>
    private async Task DeliversAsync(DeliveryTarget target)
    {
        await using (var before = await DeliveryHost.StartAsync(_directory.Path))
        {
            before.Send(target, "a");
            await Wait.UntilAsync(() => before.Metrics.Sum(InstrumentNames.SinkDeliveriesTotal) >= 2, () => "two attempts");
            Assert.Equal(1, before.Pending);
        }

        await using var host = await DeliveryHost.StartAsync(_directory.Path, o => o.TrustedAuthorities = _authority.AuthorityFile);
        await Wait.UntilAsync(() => host.Pending == 0, () => $"the message to be delivered; {host.Metrics.Sum(InstrumentNames.SinkDeliveriesTotal)} attempts were made");
    }
}
