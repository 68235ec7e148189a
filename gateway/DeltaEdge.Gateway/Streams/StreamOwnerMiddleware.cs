using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Gateway.Errors;
using DeltaEdge.Gateway.Routing;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace DeltaEdge.Gateway.Streams;

/// <summary>
/// Leaves a request about one stream no choice but the worker that owns it. While none does, or it cannot be reached, any worker may
/// change the stream, and the gateway itself tells of it; only the owner has and takes frames. Stands before load balancing.
/// </summary>
internal sealed class StreamOwnerMiddleware(
    RequestDelegate next, IStreamDirectory directory, IStreamCatalog catalog, ISharedState shared, CatalogView view, IOptions<GatewayOptions> options)
{
    private const string Frames = "frames";

    private readonly int _retryAfter = options.Value.RetryAfterSeconds;

    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        if (proxy.Route.Config.RouteId != RouteNames.Stream)
        {
            await next(context);
            return;
        }

        var id = (string)context.Request.RouteValues[ProxyRoutes.StreamIdValue]!;
        var owner = await directory.FindAsync(id, context.RequestAborted);
        var destination = owner is null ? null : proxy.AvailableDestinations.FirstOrDefault(d => string.Equals(d.DestinationId, owner.WorkerId, StringComparison.OrdinalIgnoreCase));
        if (destination is not null)
        {
            proxy.AvailableDestinations = destination;
            await next(context);
            return;
        }

        var record = await catalog.FindAsync(id, context.RequestAborted);
        var rest = context.Request.RouteValues[ProxyRoutes.RestValue]?.ToString()?.TrimEnd('/') ?? "";
        if (record is null)
        {
            await ApiErrorResponses.WriteAsync(context, Unknown(id, isOwned: owner is not null));
        }
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsConnect(context.Request.Method) && !rest.Equals(Frames, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
        }
        else if (rest.Length == 0)
        {
            await context.Response.WriteAsJsonAsync(view.Of(record), StreamJsonContext.Default.StreamStatus, contentType: null, context.RequestAborted);
        }
        else
        {
            await ApiErrorResponses.WriteAsync(context, GatewayErrors.StreamOwnerUnavailable(id, _retryAfter));
        }
    }

    private ApiError Unknown(string id, bool isOwned) =>
        !shared.Reachable ? GatewayErrors.SharedStateUnavailable(_retryAfter)
        : isOwned ? GatewayErrors.StreamOwnerUnavailable(id, _retryAfter)
        : GatewayErrors.NoSuchStream(id);
}
