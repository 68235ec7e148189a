using System.Net.WebSockets;
using DeltaEdge.Core.Time;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Readers;

/// <summary>
/// A reader on a WebSocket: text messages <c>{"type", "id", "data"}</c>. It is pinged; one that does not answer, or does not take a
/// message in time, is disconnected and can resume, as can one that is told that the gateway stops. What it sends is not looked at.
/// </summary>
internal sealed class SocketReader(LogFollower follower, IOptions<GatewayOptions> options, MonotonicClock clock)
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    /// <summary>For what is under way to get there, and the reader's own goodbye to come back.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _limit = TimeSpan.FromSeconds(options.Value.ReaderTimeoutSeconds);

    public async Task RunAsync(HttpContext context, string id, long after, LogFilter filter, CancellationToken stopping)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = PingEvery, KeepAliveTimeout = _limit });
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var listening = ListenAsync(socket, left);
        try
        {
            var (status, reason) = await FollowAsync(socket, id, after, filter, left.Token, stopping);
            await socket.CloseOutputAsync(status, reason, left.Token).WaitAsync(Goodbye, clock.Provider, left.Token);
            await listening.WaitAsync(Goodbye, clock.Provider, left.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or TimeoutException)
        {
            // It left, or does not read.
        }

        await left.CancelAsync();
        socket.Abort();
        await listening;
    }

    /// <summary>Until there is nothing more to say; why.</summary>
    /// <exception cref="OperationCanceledException">It left.</exception>
    /// <exception cref="TimeoutException">It does not read.</exception>
    private async Task<(WebSocketCloseStatus Status, string Reason)> FollowAsync(
        WebSocket socket, string id, long after, LogFilter filter, CancellationToken left, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(left, stopping);
        try
        {
            await foreach (var item in follower.FollowAsync(id, after, filter, end.Token))
            {
                if (MessageOf(item) is { } message)
                {
                    await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, left).AsTask().WaitAsync(_limit, clock.Provider, end.Token);
                }
            }

            return (WebSocketCloseStatus.NormalClosure, "The stream was removed.");
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            return (WebSocketCloseStatus.EndpointUnavailable, "The gateway stops.");
        }
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
