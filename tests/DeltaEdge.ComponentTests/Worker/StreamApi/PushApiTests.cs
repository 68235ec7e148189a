using System.Globalization;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Json;
using DeltaEdge.ComponentTests.Inference;
using DeltaEdge.ComponentTests.Streams;
using DeltaEdge.Worker.StreamApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Worker.StreamApi;

/// <summary>Frames that clients send over HTTP, up to the sink.</summary>
public sealed class PushApiTests : IDisposable
{
    private readonly ClipFolder _folder = new();

    [Fact]
    public async Task TimeOfTheUpload_CountsSinceTheCapture()
    {
        var time = new ManualTime();
        await using var host = new StreamsHost(_folder.Root, time: time);
        host.Add(StreamsHost.Spec("slow", "push:"));
        var endpoint = new PushEndpoint(host.Registry, host.Push, socket: null!, host.Clock); // No WebSocket comes.
        var body = new Pipe();
        var context = new DefaultHttpContext { Request = { ContentType = "image/jpeg", Body = body.Reader.AsStream() } };
        context.Request.Headers[PushEndpoint.CapturedAt] = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToString("O", CultureInfo.InvariantCulture);

        var posted = endpoint.PostAsync(context, "slow");
        time.Advance(TimeSpan.FromSeconds(5));
        await body.Writer.WriteAsync(ImageFiles.Grey(50), host.Patience);
        await body.Writer.CompleteAsync();
        await posted.WaitAsync(host.Patience);

        Assert.Equal(202, context.Response.StatusCode);
        Assert.True(host.Clock.Now - (await host.NextFrameAsync("slow")).CapturedAt >= TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task WebSocketOfARemovedStream_IsClosedAndFeedsNobody()
    {
        await using var host = new StreamsHost(_folder.Root);
        host.Add(StreamsHost.Spec("taken", "push:"));
        await using var web = await ServeAsync(host, "taken");
        using var socket = await ConnectAsync(web, host.Patience);
        var buffer = new byte[4096];
        await socket.SendAsync(ImageFiles.Grey(20), WebSocketMessageType.Binary, endOfMessage: true, host.Patience);
        var answer = await socket.ReceiveAsync(buffer, host.Patience);
        Assert.Equal("accepted", JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, answer.Count)).GetProperty("outcome").GetString());

        await host.Registry.RemoveAsync("taken");
        var next = host.Add(StreamsHost.Spec("taken", "push:"));
        await socket.SendAsync(ImageFiles.Grey(80), WebSocketMessageType.Binary, endOfMessage: true, host.Patience);

        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(buffer, host.Patience)).MessageType);
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "The stream was removed or has moved to another worker."), (socket.CloseStatus, socket.CloseStatusDescription));
        Assert.Equal(0, next.Frames.Captured);
    }

    [Fact]
    public async Task WebSocketThatPushesNothing_IsClosedAndToldWhy()
    {
        await using var host = new StreamsHost(_folder.Root, o => o.PushIdleSeconds = 0.2);
        host.Add(StreamsHost.Spec("silent", "push:"));
        await using var web = await ServeAsync(host, "silent");
        using var socket = await ConnectAsync(web, host.Patience);

        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[64], host.Patience)).MessageType);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "No frame for 0.2 s."), (socket.CloseStatus, socket.CloseStatusDescription));
    }

    public void Dispose() => _folder.Dispose();

    private static Task<WebApplication> ServeAsync(StreamsHost host, string stream) => LocalWeb.StartAsync(app =>
    {
        var endpoint = new PushEndpoint(host.Registry, host.Push, new PushSocket(host.Registry, host.Push, app.Lifetime, TimeProvider.System), host.Clock);
        app.UseWebSockets();
        app.MapGet("/frames", context => endpoint.ConnectAsync(context, stream));
    });

    private static async Task<ClientWebSocket> ConnectAsync(WebApplication web, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(web.Urls.First()) { Scheme = "ws", Path = "/frames" }.Uri, cancellationToken);
        return socket;
    }
}
