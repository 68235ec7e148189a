using System.Globalization;
using DeltaEdge.Core.Access;
using DeltaEdge.Telemetry.Http;

namespace DeltaEdge.Gateway.Access;

/// <summary>Holds a key to its rate and its concurrency, and tells what is left of the rate in OpenAI's headers.</summary>
internal sealed class KeyLimitMiddleware(RequestDelegate next, KeyLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Caller>() is not { Key: var key })
        {
            await next(context);
            return;
        }

        var limit = limits.Of(key);
        var taken = limit.TryTake();
        TellLeft(context, key, limit);
        if (!taken)
        {
            await ApiErrorResponses.WriteAsync(context, AccessErrors.TooManyRequests(limit.NextSeconds, key.RequestsPerSecond, key.Burst));
            return;
        }

        using var place = limit.Enter();
        if (!place.IsAcquired)
        {
            await ApiErrorResponses.WriteAsync(context, AccessErrors.TooManyAtOnce(key.Concurrency));
            return;
        }

        await next(context);
    }

    private static void TellLeft(HttpContext context, ApiKey key, KeyLimits.Limit limit)
    {
        var (remaining, reset) = (limit.Remaining, limit.ResetSeconds);
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers["x-ratelimit-limit-requests"] = key.Burst.ToString(CultureInfo.InvariantCulture);
            headers["x-ratelimit-remaining-requests"] = remaining.ToString(CultureInfo.InvariantCulture);
            headers["x-ratelimit-reset-requests"] = $"{reset.ToString(CultureInfo.InvariantCulture)}s";
            return Task.CompletedTask;
        });
    }
}
