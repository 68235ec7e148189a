using System.Net.WebSockets;
using System.Text.Json;
using DeltaEdge.Core.Wire;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Push;
using DeltaEdge.Streams.Registry;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>
/// A WebSocket that pushes frames: each binary message is an image, and is answered by one text message before the next is read, so
/// that who sends faster than is taken feels it. A bad image is answered and forgotten; a silent client, one that does not read its
/// answers, one that sends too much at once and one whose stream is gone from here are let go.
/// </summary>
internal sealed class PushSocket(StreamRegistry registry, PushDoor door, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int FirstBuffer = 64 * 1024;

    public async Task RunAsync(HttpContext context, Camera camera)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var buffer = new byte[FirstBuffer];
            while (true)
            {
                var (result, length) = await ReceiveAsync(socket, buffer, grown => buffer = grown, ended.Token).WaitAsync(door.IdleLimit, time);
                if (result is null)
                {
                    await CloseAsync(socket, WebSocketCloseStatus.MessageTooBig, $"An image may have {door.MaxBytes} bytes.");
                    return;
                }

                if (result == WebSocketMessageType.Close)
                {
                    await CloseAsync(socket, WebSocketCloseStatus.NormalClosure, "");
                    return;
                }

                if (registry.Find(camera.Spec.Id) != camera)
                {
                    await CloseAsync(socket, WebSocketCloseStatus.EndpointUnavailable, "The stream was removed or has moved to another worker.");
                    return;
                }

                var receipt = result == WebSocketMessageType.Binary
                    ? await door.PushAsync(camera, buffer.AsMemory(0, length), capturedAt: null, ended.Token)
                    : PushReceipt.Refused(ApiError.UnsupportedMedia("message", "The message is text. Allowed: binary messages, each an image."));
                await AnswerAsync(socket, PushAnswer.Of(receipt), ended.Token);
            }
        }
        catch (TimeoutException)
        {
            await CloseAsync(socket, WebSocketCloseStatus.PolicyViolation, $"No frame for {door.IdleLimit.TotalSeconds:0.#} s.");
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client is gone, or the worker stops.
        }
    }

    /// <returns>The message's kind and length; no kind if it is too large.</returns>
    private async Task<(WebSocketMessageType? Kind, int Length)> ReceiveAsync(WebSocket socket, byte[] buffer, Action<byte[]> onGrown, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
            {
                return (part.MessageType, length);
            }

            if (length >= door.MaxBytes)
            {
                return (null, length);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, door.MaxBytes));
                onGrown(buffer);
            }
        }
    }

    private async Task AnswerAsync(WebSocket socket, PushAnswer answer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(door.IdleLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(answer, PushJson.Default.PushAnswer).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, either.Token);
    }

    // Says why and goes: waiting for the other side's word would be waiting for a client that may not speak.
    private static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string reason)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        try
        {
            await socket.CloseOutputAsync(status, reason, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // It is gone already.
        }
    }
}
