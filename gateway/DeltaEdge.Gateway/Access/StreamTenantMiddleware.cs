using DeltaEdge.Core.Access;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Gateway.Errors;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Access;

/// <summary>To a key, another's streams do not exist. Looks at every route under <c>/v1/streams/ID</c>, whoever answers it.</summary>
internal sealed class StreamTenantMiddleware(RequestDelegate next, IStreamCatalog catalog, ISharedState shared, IOptions<GatewayOptions> options)
{
    private const string Streams = "/v1/streams/";

    private readonly int _retryAfter = options.Value.RetryAfterSeconds;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Caller>() is { Key: var key } && StreamOf(context) is { } id && Refuse(key, await catalog.FindAsync(id, context.RequestAborted)) is { } error)
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        await next(context);
    }

    private ApiError? Refuse(ApiKey key, StreamRecord? record) =>
        record is null && !shared.Reachable ? GatewayErrors.SharedStateUnavailable(_retryAfter)
        : record is null || !key.MaySeeStreamsOf(record.Tenant) ? ApiError.NotFound("There is no such stream.", "stream_not_found")
        : null;

    /// <summary>The id as the endpoint will read it: the first parameter of its route.</summary>
    private static string? StreamOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern: { RawText: { } pattern } route } && pattern.TrimStart('/').StartsWith(Streams.TrimStart('/'), StringComparison.OrdinalIgnoreCase)
            ? context.Request.RouteValues[route.Parameters[0].Name]?.ToString()
            : null;
}
