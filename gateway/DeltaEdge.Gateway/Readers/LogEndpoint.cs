using System.Globalization;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Gateway.Errors;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Readers;

/// <summary>
/// <c>GET /v1/streams/{id}/answers</c> and <c>/events</c>, from the shared log, so that a reader stays connected whichever worker
/// runs the stream: a WebSocket for an upgrade; server-sent events for a reader that accepts <c>text/event-stream</c>; else a JSON
/// page of what is there after <c>?after=</c>, or of the newest with <c>?last=</c>. <c>?types=</c> narrows it down.
/// </summary>
internal sealed class LogEndpoint(
    IStreamCatalog catalog, ISharedState shared, LogPager pager, LogFollower follower, ReaderSeats seats, EventReader events, SocketReader sockets,
    IHostApplicationLifetime lifetime, IOptions<GatewayOptions> options)
{
    public const int MostPerPage = 500;

    private const string LastEventId = "Last-Event-ID";

    private readonly int _retryAfter = options.Value.RetryAfterSeconds;

    public async Task HandleAsync(HttpContext context, string id, LogFilter of)
    {
        if (await RefuseAsync(context, id, of) is { } refusal)
        {
            await ApiErrorResponses.WriteAsync(context, refusal);
        }
    }

    private async Task<ApiError?> RefuseAsync(HttpContext context, string id, LogFilter of)
    {
        if (await catalog.FindAsync(id, context.RequestAborted) is null)
        {
            return shared.Reachable ? GatewayErrors.NoSuchStream(id) : GatewayErrors.SharedStateUnavailable(_retryAfter);
        }

        if (of.Narrow(context.Request.Query["types"].ToString(), out var filter) is { } error)
        {
            return error;
        }

        return context.WebSockets.IsWebSocketRequest || context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
            ? await FollowAsync(context, id, filter)
            : await PageAsync(context, id, filter);
    }

    /// <summary>Without the id of the last event that was read a reader gets what comes from now on; with it, what it missed first.</summary>
    private async Task<ApiError?> FollowAsync(HttpContext context, string id, LogFilter filter)
    {
        var (header, query) = (context.Request.Headers[LastEventId].ToString(), context.Request.Query);
        var last = header.Length > 0 ? header : query["last_event_id"].ToString() is { Length: > 0 } named ? named : query["after"].ToString();
        long after = 0;
        if (last.Length > 0 && !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return ApiError.Invalid(LastEventId, $"'{LastEventId}' (or last_event_id, or after) must be the id of an event of this stream.");
        }

        if (query.ContainsKey("last"))
        {
            return ApiError.Invalid("last", "'last' is for pages. Allowed: without it, or a GET that does not ask for an event stream.");
        }

        using var seat = seats.TryTake();
        if (seat is null)
        {
            return GatewayErrors.TooManyReaders(seats.Most, _retryAfter);
        }

        if (last.Length == 0)
        {
            if (await follower.LastIdAsync(id, context.RequestAborted) is not { } newest)
            {
                return GatewayErrors.SharedStateUnavailable(_retryAfter);
            }

            after = newest;
        }

        var stopping = lifetime.ApplicationStopping;
        await (context.WebSockets.IsWebSocketRequest ? sockets.RunAsync(context, id, after, filter, stopping) : events.RunAsync(context, id, after, filter, stopping));
        return null;
    }

    private async Task<ApiError?> PageAsync(HttpContext context, string id, LogFilter filter)
    {
        if (!TryNumber(context, "after", 0, long.MaxValue, 0, out var after, out var error)
            || !TryNumber(context, "limit", 1, MostPerPage, 100, out var limit, out error)
            || !TryNumber(context, "last", 1, MostPerPage, 0, out var last, out error))
        {
            return error;
        }

        if (last > 0 && (context.Request.Query.ContainsKey("after") || context.Request.Query.ContainsKey("limit")))
        {
            return ApiError.Invalid("last", "'last' asks for the newest, so many of them. Allowed: without 'after' and 'limit'.");
        }

        if (await (last > 0
            ? pager.ReadLastAsync(id, (int)last, filter, context.RequestAborted)
            : pager.ReadAsync(id, after, (int)limit, filter, context.RequestAborted)) is not { } page)
        {
            return GatewayErrors.SharedStateUnavailable(_retryAfter);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(LogJson.Page(page), context.RequestAborted);
        return null;
    }

    private static bool TryNumber(HttpContext context, string name, long min, long max, long standard, out long value, out ApiError? error)
    {
        var text = context.Request.Query[name].ToString();
        (value, error) = (standard, null);
        if (text.Length > 0 && (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) || value < min || value > max))
        {
            error = ApiError.Invalid(name, $"'{name}' must be an integer from {min} to {max}.");
        }

        return error is null;
    }
}
