using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Chat;
using DeltaEdge.Worker.Edge;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.StreamApi;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The worker's request pipeline, in order.</summary>
public static class WorkerApplicationExtensions
{
    public static WebApplication MapWorker(this WebApplication app)
    {
        app.CheckSettings();
        app.UseMiddleware<ApiErrorMiddleware>();
        app.UseMiddleware<GatewayOnlyMiddleware>();
        app.UseMiddleware<DrainingMiddleware>();
        app.UseMiddleware<BodyMemoryMiddleware>();
        app.UseWebSockets();
        app.MapHealth();
        app.MapMetrics();
        app.MapChat();
        app.MapStreams();
        app.MapModelSwap();
        app.Lifetime.ApplicationStarted.Register(() =>
            app.Services.GetRequiredService<WorkerIdentity>().SetListening(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        return app;
    }
}
