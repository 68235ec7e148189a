using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Http;
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
            Results.Json(new ModelList("list", [Entry(models)]), ChatJson.Default.ModelList));
        endpoints.MapGet("/v1/models/{**model}", (HttpContext context, string model) => models.Names.Contains(model)
            ? Results.Json(Entry(models), ChatJson.Default.ModelEntry).ExecuteAsync(context)
            : ApiErrorResponses.WriteAsync(context, ApiError.NotFound($"The model asked for is not served here; '{models.Current.Name}' is.", "model_not_found")));
    }

    private static ModelEntry Entry(ModelInForce models) => new(models.Current.Name, "model", 0, "deltaedge");
}
