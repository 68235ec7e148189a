using System.Net.WebSockets;
using DeltaEdge.Core.Time;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Readers;

/// <summary>
/// A reader on a WebSocket: text messages <c>{"type", "id", "data"}</c>. It is pinged; one that does not answer, or does not take a
/// message in time, is disconnected and can resume. What it sends is not looked at.
/// </summary>
internal sealed class SocketReader(LogFollower follower, IOptions<GatewayOptions> options, MonotonicClock clock)
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    private readonly TimeSpan _limit = TimeSpan.FromSeconds(options.Value.ReaderTimeoutSeconds);

    public async Task RunAsync(HttpContext context, string id, long after, LogFilter filter)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = PingEvery, KeepAliveTimeout = _limit });
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var listening = ListenAsync(socket, left);
        try
        {
            await foreach (var item in follower.FollowAsync(id, after, filter, left.Token))
            {
                if (MessageOf(item) is { } message)
                {
                    await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, left.Token).AsTask().WaitAsync(_limit, clock.Provider, left.Token);
                }
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "The stream was removed.", left.Token).WaitAsync(_limit, clock.Provider, left.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or TimeoutException)
        {
            // It left, or does not read.
        }

        await left.CancelAsync();
        socket.Abort();
        await listening;
    }

    private static ReadOnlyMemory<byte>? MessageOf(LogItem item) => item switch
    {
        { Entry: { } entry } => LogJson.Message(LogFilter.TypeOf(entry), entry.Id, LogJson.Data(entry)),
        { Gap: { } gap } => LogJson.Message("gap", gap.NextId - 1, LogJson.Data(gap)),
        _ => null,
    };

    /// <summary>Until the reader closes or goes away; reading is also what answers its pings.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource left)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), left.Token)).MessageType != WebSocketMessageType.Close)
            {
                // Nothing that it says matters.
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, left.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The same as leaving.
        }

        await left.CancelAsync();
    }
}
