using DeltaEdge.Core.Access;
using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Http;

namespace DeltaEdge.Gateway.Access;

/// <summary>
/// Asks for a key. What has no endpoint needs none: it is a file of the page, or nothing at all. A request that passes carries its
/// key's id and classes to the worker, and the key itself no further.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, KeyRequirement requirement, Authenticator authenticator, AttemptLimit attempts)
{
    public Task InvokeAsync(HttpContext context)
    {
        var presented = PresentedKey.Read(context.Request.Headers);
        PresentedKey.Remove(context.Request.Headers);
        if (!requirement.IsRequired || IsOpen(context.GetEndpoint()))
        {
            return next(context);
        }

        if (authenticator.Find(presented) is not { } key)
        {
            return presented is null ? RefuseAsync(context, AccessErrors.MissingKey)
                : authenticator.HasReadKeys ? RefuseAsync(context, AccessErrors.InvalidKey)
                : ApiErrorResponses.WriteAsync(context, AccessErrors.KeysNotRead);
        }

        if (Audience(context.GetEndpoint()) is RouteAccess.Audience.Metrics or RouteAccess.Audience.Operators && !key.MaySeeMetrics)
        {
            return ApiErrorResponses.WriteAsync(context, AccessErrors.NotAllowed);
        }

        context.Features.Set(new Caller(key));
        Tell(context.Request.Headers, key);
        return next(context);
    }

    private static void Tell(IHeaderDictionary headers, ApiKey key)
    {
        headers[EdgeHeaders.Tenant] = key.Id;
        if (key.SlaClass is { } slaClass)
        {
            headers[EdgeHeaders.KeyClass] = slaClass;
        }

        if (!key.AllowedClasses.IsDefaultOrEmpty)
        {
            headers[EdgeHeaders.AllowedClasses] = string.Join(',', key.AllowedClasses);
        }
    }

    private Task RefuseAsync(HttpContext context, ApiError error)
    {
        if (attempts.RetryAfterSeconds(context.Connection.RemoteIpAddress) is { } seconds)
        {
            error = AccessErrors.TooManyAttempts(seconds);
        }
        else
        {
            context.Response.OnStarting(static state =>
            {
                ((HttpContext)state).Response.Headers.WWWAuthenticate = "Bearer";
                return Task.CompletedTask;
            }, context);
        }

        return ApiErrorResponses.WriteAsync(context, error);
    }

    private bool IsOpen(Endpoint? endpoint) =>
        endpoint is null || Audience(endpoint) is RouteAccess.Audience.Everyone || (Audience(endpoint) is RouteAccess.Audience.Metrics && requirement.MetricsAreOpen);

    private static RouteAccess.Audience? Audience(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<RouteAccess>()?.For;
}
