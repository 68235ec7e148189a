using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Gateway.Errors;
using DeltaEdge.Gateway.Routing;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace DeltaEdge.Gateway.Streams;

/// <summary>Leaves a request about one stream no choice but the worker that owns it. Stands before load balancing.</summary>
internal sealed class StreamOwnerMiddleware(RequestDelegate next, IStreamDirectory directory, IOptions<GatewayOptions> options)
{
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
        if (owner is null)
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.NotFound($"There is no stream '{Shorten(id)}'.", "stream_not_found"));
            return;
        }

        var destination = proxy.AvailableDestinations.FirstOrDefault(d => string.Equals(d.DestinationId, owner.WorkerId, StringComparison.OrdinalIgnoreCase));
        if (destination is null)
        {
            await ApiErrorResponses.WriteAsync(context, GatewayErrors.StreamOwnerUnavailable(Shorten(id), _retryAfter));
            return;
        }

        proxy.AvailableDestinations = destination;
        await next(context);
    }

    private static string Shorten(string id) => id.Length <= 80 ? id : id[..80] + "…";
}
