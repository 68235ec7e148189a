using DeltaEdge.Fabric.Workers;

namespace DeltaEdge.Gateway.Routing;

/// <summary>Keeps new work from workers that drain, whichever policy chooses. What is about their streams still goes to them.</summary>
internal sealed class DrainMiddleware(RequestDelegate next, IWorkerRegistry registry)
{
    public Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        if (proxy.Route.Config.RouteId != RouteNames.Stream)
        {
            foreach (var report in registry.Known)
            {
                if (report.Draining)
                {
                    proxy.AvailableDestinations = [.. proxy.AvailableDestinations.Where(d => !string.Equals(d.DestinationId, report.WorkerId, StringComparison.OrdinalIgnoreCase))];
                }
            }
        }

        return next(context);
    }
}
