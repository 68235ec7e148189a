using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Edge;

/// <summary>Takes a request only if there is memory for its body, and holds that memory until the request has ended: an ask keeps its image until its turn comes.</summary>
internal sealed class BodyMemoryMiddleware(RequestDelegate next, BodyMemory memory, IOptions<WorkerOptions> options)
{
    private readonly ApiError _full = ApiError.Overloaded(
        1, $"The bodies of requests in flight fill the {options.Value.MaxBodyBytesInFlight} bytes that {WorkerOptions.SectionName}:{nameof(WorkerOptions.MaxBodyBytesInFlight)} allows; try again later.");

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
        {
            await next(context);
            return;
        }

        using var share = memory.Open();
        if (context.Request.ContentLength is not { } declared)
        {
            context.Request.Body = new MeteredBody(context.Request.Body, share);
        }
        else if (declared > options.Value.MaxBodyBytes)
        {
            await ApiErrorResponses.WriteAsync(context, ApiErrorResponses.ForStatus(context, StatusCodes.Status413PayloadTooLarge));
            return;
        }
        else if (!share.TryTake(declared))
        {
            await ApiErrorResponses.WriteAsync(context, _full);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BodyMemoryFullException)
        {
            await ApiErrorResponses.WriteAsync(context, _full);
        }
    }
}
