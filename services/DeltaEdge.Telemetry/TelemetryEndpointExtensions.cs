using System.Text;
using DeltaEdge.Telemetry.Health;
using DeltaEdge.Telemetry.Prometheus;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The endpoints that every host has.</summary>
public static class TelemetryEndpointExtensions
{
    /// <summary>Monitors often look with HEAD.</summary>
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary><c>GET /metrics</c>: the host's instruments in Prometheus text format 0.0.4.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        var registry = endpoints.ServiceProvider.GetRequiredService<PrometheusRegistry>();
        return endpoints.MapMethods("/metrics", Reading, () => Results.Text(registry.Scrape(), PrometheusText.ContentType, Encoding.UTF8));
    }

    /// <summary><c>GET /healthz/live</c> and <c>GET /healthz/ready</c>; the latter is 503 and says what is missing until all is ready.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var gate = endpoints.ServiceProvider.GetRequiredService<ReadinessGate>();
        endpoints.MapMethods("/healthz/live", Reading, () => Results.Json(new HealthBody("live"), HealthJsonContext.Default.HealthBody));
        endpoints.MapMethods("/healthz/ready", Reading, () =>
        {
            var missing = gate.Missing;
            var status = missing.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return Results.Json(HealthBody.Of(missing), HealthJsonContext.Default.HealthBody, statusCode: status);
        });
    }
}
