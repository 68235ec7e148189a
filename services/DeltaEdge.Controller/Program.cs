using DeltaEdge.Controller;

// The slow loop as a process of its own: reads the workers' reports, publishes the budget plan.
var builder = WebApplication.CreateBuilder(args);
if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
{
    builder.WebHost.UseUrls(ControllerDefaults.Address);
}

builder.Services
    .AddDeltaEdgeTelemetry()
    .AddFabric(builder.Configuration)
    .AddController();

var app = builder.Build();
app.MapMetrics();
app.MapHealth();
await app.RunAsync();
