using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Telemetry.Http;

namespace DeltaEdge.Gateway.Access;

/// <summary>To a key, another's streams do not exist. Looks at every route under <c>/v1/streams/ID</c>, whoever answers it.</summary>
internal sealed class StreamTenantMiddleware(RequestDelegate next, IStreamCatalog catalog)
{
    private const string Streams = "/v1/streams/";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Caller>() is { Key: var key } && StreamOf(context) is { } id
            && !(await catalog.FindAsync(id, context.RequestAborted) is { } record && key.MaySeeStreamsOf(record.Tenant)))
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.NotFound("There is no such stream.", "stream_not_found"));
            return;
        }

        await next(context);
    }

    /// <summary>The id as the endpoint will read it: the first parameter of its route.</summary>
    private static string? StreamOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern: { RawText: { } pattern } route } && pattern.TrimStart('/').StartsWith(Streams.TrimStart('/'), StringComparison.OrdinalIgnoreCase)
            ? context.Request.RouteValues[route.Parameters[0].Name]?.ToString()
            : null;
}
