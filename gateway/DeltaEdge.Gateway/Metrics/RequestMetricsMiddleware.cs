using DeltaEdge.Core.Time;
using DeltaEdge.Gateway.Routing;
using Yarp.ReverseProxy.Model;

namespace DeltaEdge.Gateway.Metrics;

/// <summary>Counts every request once it has ended.</summary>
internal sealed class RequestMetricsMiddleware(RequestDelegate next, GatewayMetrics metrics, MonotonicClock clock)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        var began = clock.Now;
        try
        {
            await next(context);
        }
        finally
        {
            var status = context.RequestAborted.IsCancellationRequested ? ClientClosedRequest : context.Response.StatusCode;
            metrics.RequestEnded(RouteOf(context), status, (clock.Now - began).TotalSeconds);
        }
    }

    private static string RouteOf(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            return context.Response.StatusCode == StatusCodes.Status404NotFound ? RouteNames.None : RouteNames.Other;
        }

        return endpoint.Metadata.GetMetadata<RouteModel>()?.Config.RouteId
            ?? endpoint.Metadata.GetMetadata<RouteLabel>()?.Name
            ?? (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed ? RouteNames.None : RouteNames.Other);
    }
}
