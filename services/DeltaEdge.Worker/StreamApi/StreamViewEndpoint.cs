using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>Reads <c>/v1/streams</c> of one worker: the streams, one stream, its newest frame.</summary>
internal sealed class StreamViewEndpoint(StreamRegistry registry, IStreamCatalog catalog, ISharedState shared, StreamView view, IOptions<StreamsOptions> options)
{
    private readonly int _quality = options.Value.PreviewQuality;

    public Task ListAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(view.All(), StreamJsonContext.Default.StreamList, contentType: null, context.RequestAborted);

    public async Task GetAsync(HttpContext context, string id)
    {
        var status = view.Here(id) ?? (await catalog.FindAsync(id, context.RequestAborted) is { } record ? view.Of(record) : null);
        await (status is null
            ? ApiErrorResponses.WriteAsync(context, shared.Reachable ? StreamRegistry.NoSuchStream(id) : SharedStateErrors.Away("whether there is such a stream is not known here."))
            : context.Response.WriteAsJsonAsync(status, StreamJsonContext.Default.StreamStatus, contentType: null, context.RequestAborted));
    }

    /// <summary><c>GET /v1/streams/{id}/frame.jpg</c>: the newest frame, as the model sees it.</summary>
    public async Task FrameAsync(HttpContext context, string id)
    {
        if (registry.Find(id) is not { } camera)
        {
            await ApiErrorResponses.WriteAsync(context, StreamRegistry.NoSuchStream(id));
            return;
        }

        if (camera.LatestJpeg(_quality) is not { } jpeg)
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.NotFound($"The stream {id} has no frame yet.", "no_frame_yet"));
            return;
        }

        context.Response.ContentType = "image/jpeg";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(jpeg, context.RequestAborted);
    }
}
