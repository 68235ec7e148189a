using System.Text.Json;
using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Chat;

namespace DeltaEdge.Worker.Swapping;

/// <summary><c>/admin/model</c>: for whoever operates this worker. No gateway forwards it.</summary>
internal sealed class SwapEndpoint(SwapDesk desk)
{
    public const string Path = "/admin/model";

    public Task GetAsync(HttpContext context) => WriteAsync(context, desk.Status);

    /// <summary><c>{"package": "/folder"}</c> begins a swap and is answered with 202 at once; GET says how far it is.</summary>
    public async Task PostAsync(HttpContext context)
    {
        if (!(await ReadAsync(context)).TryGet(out var package, out var error) || !desk.Begin(package).TryGet(out var status, out error))
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await WriteAsync(context, status);
    }

    private static async Task<Result<string>> ReadAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var fields = new JsonFields(document.RootElement, "");
                return fields.String("package") is { Length: > 0 } package
                    ? package
                    : fields.Error ?? ApiError.Invalid("package", "'package' must name the folder of a model package on the worker's machine.");
            }
        }
        catch (JsonException)
        {
            // Refused below, as any other body that is no object.
        }

        return ApiError.Invalid("body", "The body must be a JSON object: {\"package\": \"/folder\"}.", "invalid_json");
    }

    private static Task WriteAsync(HttpContext context, ModelStatus status) =>
        context.Response.WriteAsJsonAsync(status, SwapJson.Default.ModelStatus, contentType: null, context.RequestAborted);
}
