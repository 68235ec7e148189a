using DeltaEdge.Inference.Asking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.Worker.Chat;

/// <summary>OpenAI's routes.</summary>
internal static class ChatEndpoints
{
    public static void MapChat(this IEndpointRouteBuilder endpoints)
    {
        var chat = endpoints.ServiceProvider.GetRequiredService<ChatEndpoint>();
        endpoints.MapPost("/v1/chat/completions", (RequestDelegate)chat.HandleAsync);
        var engine = endpoints.ServiceProvider.GetRequiredService<IVisionEngine>();
        var models = new ModelList("list", [new ModelEntry(engine.ModelName, "model", 0, "deltaedge")]);
        endpoints.MapGet("/v1/models", () => Results.Json(models, ChatJson.Default.ModelList));
    }
}
