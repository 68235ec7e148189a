namespace DeltaEdge.Worker.StreamApi;

/// <summary>The stream routes.</summary>
internal static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder endpoints)
    {
        var streams = endpoints.ServiceProvider.GetRequiredService<StreamsEndpoint>();
        var answers = endpoints.ServiceProvider.GetRequiredService<AnswersEndpoint>();
        var push = endpoints.ServiceProvider.GetRequiredService<PushEndpoint>();
        endpoints.MapPost("/v1/streams/{id}/frames", (HttpContext context, string id) => push.PostAsync(context, id));
        endpoints.MapGet("/v1/streams/{id}/frames", (HttpContext context, string id) => push.ConnectAsync(context, id));
        endpoints.MapPost("/v1/streams", (RequestDelegate)streams.AddAsync);
        endpoints.MapGet("/v1/streams", (RequestDelegate)streams.ListAsync);
        endpoints.MapGet("/v1/streams/{id}", (HttpContext context, string id) => streams.GetAsync(context, id));
        endpoints.MapPatch("/v1/streams/{id}", (HttpContext context, string id) => streams.PatchAsync(context, id));
        endpoints.MapDelete("/v1/streams/{id}", (HttpContext context, string id) => streams.RemoveAsync(context, id));
        endpoints.MapGet("/v1/streams/{id}/answers", (HttpContext context, string id) => answers.HandleAsync(context, id));
        endpoints.MapGet("/v1/streams/{id}/frame.jpg", (HttpContext context, string id) => streams.FrameAsync(context, id));
    }
}
