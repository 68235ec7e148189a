using System.Globalization;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Streams.Push;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Telemetry.Http;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>Frames that clients send: <c>POST /v1/streams/{id}/frames</c> for one, <c>GET</c> with a WebSocket for many.</summary>
internal sealed class PushEndpoint(StreamRegistry registry, PushDoor door, PushSocket socket, MonotonicClock clock)
{
    public const string CapturedAt = "x-captured-at";

    private const string Allowed = "image/jpeg, image/png or image/webp";

    // A picture from before that is about another scene; it also bounds what a client's clock may do to the numbers.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>202 with a <see cref="PushAnswer"/>; 429 and 503 with Retry-After where frames come too fast.</summary>
    public async Task PostAsync(HttpContext context, string id)
    {
        if (registry.Find(id) is not { } camera)
        {
            await ApiErrorResponses.WriteAsync(context, StreamRegistry.NoSuchStream(id));
            return;
        }

        if (context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is not ("image/jpeg" or "image/png" or "image/webp"))
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.UnsupportedMedia("content-type", $"The body is not an image. Allowed: {Allowed}."));
            return;
        }

        if (ReadCapturedAt(context.Request, out var capturedAt) is { } wrong)
        {
            await ApiErrorResponses.WriteAsync(context, wrong);
            return;
        }

        if (await ReadAsync(context) is not { } file)
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.TooLarge($"The image is larger than {door.MaxBytes} bytes, the most that is allowed."));
            return;
        }

        var receipt = await door.PushAsync(camera, file, capturedAt, context.RequestAborted);
        if (receipt.Error is { } error)
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsJsonAsync(PushAnswer.Of(receipt), PushJson.Default.PushAnswer, contentType: null, context.RequestAborted);
    }

    public async Task ConnectAsync(HttpContext context, string id)
    {
        if (registry.Find(id) is not { } camera)
        {
            await ApiErrorResponses.WriteAsync(context, StreamRegistry.NoSuchStream(id));
        }
        else if (!context.WebSockets.IsWebSocketRequest)
        {
            await ApiErrorResponses.WriteAsync(context, new ApiError(426, "This is where a WebSocket pushes frames. Allowed: a WebSocket, or POST with an image.", "invalid_request_error", null, "websocket_expected"));
        }
        else
        {
            await socket.RunAsync(context, camera);
        }
    }

    /// <summary>On the process's scale as soon as the headers are here, so that the time the image takes to come counts too.</summary>
    private ApiError? ReadCapturedAt(HttpRequest request, out TimeSpan? capturedAt)
    {
        capturedAt = null;
        var told = request.Headers[CapturedAt].ToString();
        if (told.Length == 0)
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(told, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return ApiError.Invalid(CapturedAt, $"{CapturedAt} is not a time. Allowed: RFC 3339, for example 2026-01-31T12:00:00.250Z.");
        }

        // A clock that is ahead of ours cannot make a frame younger than new.
        var gone = clock.Provider.GetUtcNow() - at;
        var age = gone > TimeSpan.Zero ? gone : TimeSpan.Zero;
        capturedAt = clock.Now - age;
        return age <= MaxAge ? null : ApiError.Invalid(CapturedAt, $"{CapturedAt} is more than {MaxAge.TotalMinutes:0} minutes ago. Allowed: frames of now.");
    }

    /// <returns>Null if it is too large.</returns>
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > door.MaxBytes)
        {
            return null;
        }

        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > door.MaxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
