namespace DeltaEdge.Worker.StreamApi;

/// <summary>The stream routes.</summary>
internal static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder endpoints)
    {
        var view = endpoints.ServiceProvider.GetRequiredService<StreamViewEndpoint>();
        var push = endpoints.ServiceProvider.GetRequiredService<PushEndpoint>();
        var change = endpoints.ServiceProvider.GetRequiredService<StreamChangeEndpoint>();
        endpoints.MapGet("/v1/streams", (RequestDelegate)view.ListAsync);
        endpoints.MapGet("/v1/streams/{id}", (HttpContext context, string id) => view.GetAsync(context, id));
        endpoints.MapGet("/v1/streams/{id}/frame.jpg", (HttpContext context, string id) => view.FrameAsync(context, id));
        endpoints.MapPost("/v1/streams", (RequestDelegate)change.AddAsync);
        endpoints.MapPatch("/v1/streams/{id}", (HttpContext context, string id) => change.PatchAsync(context, id));
        endpoints.MapPost("/v1/streams/{id}/pause", (HttpContext context, string id) => change.PauseAsync(context, id));
        endpoints.MapPost("/v1/streams/{id}/resume", (HttpContext context, string id) => change.ResumeAsync(context, id));
        endpoints.MapDelete("/v1/streams/{id}", (HttpContext context, string id) => change.RemoveAsync(context, id));
        endpoints.MapPost("/v1/streams/{id}/frames", (HttpContext context, string id) => push.PostAsync(context, id));
        endpoints.MapGet("/v1/streams/{id}/frames", (HttpContext context, string id) => push.ConnectAsync(context, id));
    }
}
