using DeltaEdge.Worker.Serving;
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
        var models = endpoints.ServiceProvider.GetRequiredService<ModelInForce>();
        endpoints.MapGet("/v1/models", () =>
            Results.Json(new ModelList("list", [new ModelEntry(models.Current.Name, "model", 0, "deltaedge")]), ChatJson.Default.ModelList));
    }
}
