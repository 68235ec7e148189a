using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

/// <summary>Frames that clients push through the gateway, by POST and by WebSocket.</summary>
public sealed class PushTests(EmbeddedSystemFixture system)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task PostedFrame_IsAnsweredUnderItsNumber()
    {
        await using var stream = await PushStream.AddAsync(system, "e2e-post");
        using var response = await stream.PostAsync(Carpark(), "image/jpeg");
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((202, "accepted", 0), ((int)response.StatusCode, body.GetProperty("outcome").GetString(), body.GetProperty("frame").GetInt32()));
        JsonElement[] answers = [];
        await Wait.UntilAsync(async () =>
        {
            var page = await system.Http.GetFromJsonAsync<JsonElement>("/v1/streams/e2e-post/answers?limit=1");
            answers = [.. page.GetProperty("data").EnumerateArray()];
            return answers.Length > 0;
        }, () => "the frame's answer");
        Assert.Equal(0, answers[0].GetProperty("frame_index").GetInt32());
    }

    [Theory]
    [InlineData("text/plain", "", 415)]
    [InlineData("image/jpeg", "", 415)]
    [InlineData("image/jpeg", "yesterday", 400)]
    [InlineData("image/jpeg", "2020-01-01T00:00:00Z", 400)]
    public async Task BadFrame_IsRefusedAndSaysWhatIsAllowed(string contentType, string capturedAt, int status)
    {
        await using var stream = await PushStream.AddAsync(system, "e2e-bad-push");
        using var response = await stream.PostAsync("not an image"u8.ToArray(), contentType, capturedAt);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("Allowed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FrameForACameraOrForNobody_IsRefused()
    {
        using var image = new ByteArrayContent(Carpark()) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var camera = await system.Http.PostAsync("/v1/streams/carpark/frames", image);
        Assert.Equal(409, (int)camera.StatusCode);
        using var again = new ByteArrayContent(Carpark()) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var nobody = await system.Http.PostAsync("/v1/streams/nobody/frames", again);
        Assert.Equal(404, (int)nobody.StatusCode);
    }

    [Fact]
    public async Task WebSocket_AcknowledgesEachImageAndSurvivesABadOne()
    {
        await using var stream = await PushStream.AddAsync(system, "e2e-socket");
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(system.Address) { Scheme = "ws", Path = "/v1/streams/e2e-socket/frames" }.Uri, limit.Token);
        JsonElement good = default;
        await Wait.UntilAsync(async () =>
        {
            good = await SendAsync(socket, Carpark(), WebSocketMessageType.Binary, limit.Token);
            return !good.TryGetProperty("code", out var code) || code.GetString() != "resource_in_use";
        }, () => $"the stream to open; it says {good}");

        var bad = await SendAsync(socket, new byte[300_000], WebSocketMessageType.Binary, limit.Token);
        var text = await SendAsync(socket, "hello"u8.ToArray(), WebSocketMessageType.Text, limit.Token);
        var next = await SendAsync(socket, Carpark(), WebSocketMessageType.Binary, limit.Token);
        Assert.Equal(("accepted", 0), (good.GetProperty("outcome").GetString(), good.GetProperty("frame").GetInt32()));
        Assert.Equal(("rejected", "unsupported_media_type"), (bad.GetProperty("outcome").GetString(), bad.GetProperty("code").GetString()));
        Assert.Equal("rejected", text.GetProperty("outcome").GetString());
        Assert.Equal(1, next.GetProperty("frame").GetInt32());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task MessageThatIsTooLarge_ClosesTheWebSocketWithItsReason()
    {
        await using var stream = await PushStream.AddAsync(system, "e2e-large");
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(system.Address) { Scheme = "ws", Path = "/v1/streams/e2e-large/frames" }.Uri, limit.Token);
        var piece = new byte[1024 * 1024];
        try
        {
            for (var i = 0; i < 10; i++)
            {
                await socket.SendAsync(piece, WebSocketMessageType.Binary, endOfMessage: false, limit.Token);
            }

            await socket.ReceiveAsync(new byte[1024], limit.Token);
            Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
        }
        catch (WebSocketException)
        {
            // Closed while still sending: the reason did not reach this side in time.
            Assert.NotEqual(WebSocketState.Open, socket.State);
        }
    }

    private static byte[] Carpark() => File.ReadAllBytes(Path.Combine(DeltaEdge.Worker.Hosting.ModelLocation.Find(null), "samples", "carpark.jpg"));

    private static async Task<JsonElement> SendAsync(ClientWebSocket socket, byte[] message, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        await socket.SendAsync(message, type, endOfMessage: true, cancellationToken);
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, cancellationToken);
        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
        return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, received.Count));
    }
}
