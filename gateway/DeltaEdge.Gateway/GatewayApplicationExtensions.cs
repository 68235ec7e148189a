using DeltaEdge.Gateway.Access;
using DeltaEdge.Gateway.Dashboard;
using DeltaEdge.Gateway.Discovery;
using DeltaEdge.Gateway.Edge;
using DeltaEdge.Gateway.Errors;
using DeltaEdge.Gateway.Metrics;
using DeltaEdge.Gateway.Readers;
using DeltaEdge.Gateway.Retries;
using DeltaEdge.Gateway.Routing;
using DeltaEdge.Gateway.Status;
using DeltaEdge.Gateway.Streams;
using DeltaEdge.Telemetry.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The gateway's request pipeline, in order.</summary>
public static class GatewayApplicationExtensions
{
    /// <summary>A WebSocket begins with GET over HTTP/1.1 and with CONNECT over HTTP/2.</summary>
    private static readonly string[] Followed = [HttpMethods.Get, HttpMethods.Connect];

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseMiddleware<RequestMetricsMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<ApiErrorMiddleware>();
        app.UseMiddleware<InternalHeadersMiddleware>();
        app.UseMiddleware<RequestOriginMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        app.UseMiddleware<KeyLimitMiddleware>();
        app.UseMiddleware<RevocationMiddleware>();
        app.UseMiddleware<StreamTenantMiddleware>();
        app.UseMiddleware<BodyLimitMiddleware>();

        app.UseWebSockets();

        app.MapGroup("").WithMetadata(new RouteAccess(RouteAccess.Audience.Everyone)).MapHealth();
        app.MapMetrics().WithMetadata(new RouteAccess(RouteAccess.Audience.Metrics));
        app.MapGet("/v1/status", (StatusEndpoint status) => status.Get()).WithMetadata(new RouteLabel(RouteNames.Status), new RouteAccess(RouteAccess.Audience.Operators));
        app.MapGet("/v1/streams", (StreamListEndpoint list, HttpContext context) => list.GetAsync(context)).WithMetadata(new RouteLabel(RouteNames.StreamList));
        app.MapMethods($"/v1/streams/{{{ProxyRoutes.StreamIdValue}}}/answers", Followed, (LogEndpoint log, HttpContext context, string stream) => log.HandleAsync(context, stream, LogFilter.Answers)).WithMetadata(new RouteLabel(RouteNames.StreamAnswers));
        app.MapMethods($"/v1/streams/{{{ProxyRoutes.StreamIdValue}}}/events", Followed, (LogEndpoint log, HttpContext context, string stream) => log.HandleAsync(context, stream, LogFilter.Events)).WithMetadata(new RouteLabel(RouteNames.StreamEvents));
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<ProxyErrorMiddleware>();
            proxy.UseMiddleware<StreamOwnerMiddleware>();
            proxy.UseMiddleware<DrainMiddleware>();
            proxy.UseMiddleware<RetryMiddleware>();
            proxy.UseLoadBalancing();
            proxy.UseMiddleware<AskTicketMiddleware>();
            proxy.UseMiddleware<AttemptMiddleware>();
            proxy.UsePassiveHealthChecks();
            proxy.UseMiddleware<SocketHealthMiddleware>();
        });
        app.MapPage();
        return app;
    }
}
