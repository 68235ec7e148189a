using System.Text.Json;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Mqtt;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>Against mosquitto itself.</summary>
public sealed class MqttDeliveryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Messages_AreOnTheirTopicInOrder()
    {
        await using var broker = await MosquittoServer.StartAsync();
        using var subscriber = await broker.SubscribeAsync("deltaedge/#");
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        var keys = DeliveryHost.Keys(200);

        host.Send(Target(broker.Url), keys);
        await Wait.UntilAsync(() => subscriber.All.Count == keys.Length, () => $"all messages; {subscriber.All.Count} came");

        Assert.All(subscriber.All, m => Assert.Equal("deltaedge/cam/rule", m.Topic));
        Assert.Equal(keys, subscriber.All.Select(m => KeyOf(m.Payload)));
    }

    [Fact]
    public async Task LongMessage_IsOnePacket()
    {
        await using var broker = await MosquittoServer.StartAsync();
        using var subscriber = await broker.SubscribeAsync("deltaedge/#");
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        var key = new string('k', 60_000);

        host.Send(Target(broker.Url), key);
        await Wait.UntilAsync(() => !subscriber.All.IsEmpty, () => "the message");

        Assert.Equal(key, KeyOf(subscriber.All.Single().Payload));
    }

    [Fact]
    public async Task BrokerThatDies_GetsTheRestWhenItIsBack()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        host.Send(Target(broker.Url), "first");
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") == 1, () => "the first message");

        broker.Kill();
        var keys = DeliveryHost.Keys(100);
        host.Send(Target(broker.Url), keys);
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") > 3, () => "attempts that fail");
        await broker.RestartAsync();
        await Wait.UntilAsync(() => host.Pending == 0, () => $"all to be delivered; {host.Pending} wait");

        Assert.True(host.Metrics.Sum("deltaedge_sink_deliveries_total") > keys.Length);
    }

    [Fact]
    public async Task WrongPassword_KeepsWhatWaits()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);

        host.Send(Target($"mqtt://{MosquittoServer.User}:wrong@127.0.0.1:{broker.Port}"), "a");
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") >= 2, () => "two attempts");

        Assert.Equal(1, host.Pending);
    }

    [Fact]
    public async Task Ping_IsAnswered()
    {
        await using var broker = await MosquittoServer.StartAsync();
        var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", broker.Port);
        using var patience = new CancellationTokenSource(Wait.Limit);
        await using var connection = new MqttConnection(socket.GetStream());

        await connection.OpenAsync("deltaedge-test", MosquittoServer.User, MosquittoServer.Password, patience.Token);
        await connection.PingAsync(patience.Token);
        await connection.PublishAsync("a", [1], patience.Token);
    }

    private static DeliveryTarget Target(string url) => new() { Type = SinkKinds.Mqtt, Url = url, Topic = "deltaedge/{stream}/{type}", What = ["events"] };

    private static string? KeyOf(string payload) => JsonDocument.Parse(payload).RootElement.GetProperty("dedupe_key").GetString();
}
