using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Worker.StreamApi;

/// <summary><c>/v1/streams</c> of one worker: add, list, read, change, remove. An id is claimed for the whole fleet before it is added here.</summary>
internal sealed class StreamsEndpoint(StreamRegistry registry, StreamSpecParser parser, IStreamDirectory directory, WorkerIdentity identity, StreamQuality quality)
{
    private const int PreviewQuality = 80;

    public async Task AddAsync(HttpContext context)
    {
        if (!parser.Parse(await ReadBodyAsync(context)).TryGet(out var spec, out var error))
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        var claim = await directory.ClaimAsync(spec.Id, identity.WorkerId, context.RequestAborted);
        if (claim.Outcome != ClaimOutcome.Granted)
        {
            await ApiErrorResponses.WriteAsync(context, claim.Outcome == ClaimOutcome.Taken
                ? ApiError.Conflict("id", $"A stream with the id {spec.Id} exists. Allowed: another id, or PATCH to change that stream.")
                : ApiError.Overloaded(1, "This worker cannot take streams yet: the fleet does not know it, or shared state is out of reach."));
            return;
        }

        if (!registry.Add(spec).TryGet(out var camera, out error))
        {
            // A duplicate here is ours already, and stays so; anything else gives the id back.
            if (error.Status != StatusCodes.Status409Conflict)
            {
                await directory.ReleaseAsync(spec.Id, identity.WorkerId, CancellationToken.None);
            }

            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/v1/streams/{spec.Id}";
        await WriteAsync(context, camera.Status);
    }

    public Task ListAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new StreamList([.. registry.All.Select(c => c.Status)]), StreamJsonContext.Default.StreamList, contentType: null, context.RequestAborted);

    public Task GetAsync(HttpContext context, string id) =>
        registry.Find(id) is { } camera ? WriteAsync(context, quality.Show(camera)) : ApiErrorResponses.WriteAsync(context, StreamRegistry.NoSuchStream(id));

    public async Task PatchAsync(HttpContext context, string id)
    {
        if (registry.Find(id) is not { } camera)
        {
            await ApiErrorResponses.WriteAsync(context, StreamRegistry.NoSuchStream(id));
            return;
        }

        if (!parser.Patch(camera.Spec, await ReadBodyAsync(context)).TryGet(out var spec, out var error) || !registry.Update(spec).TryGet(out camera, out error))
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        await WriteAsync(context, camera.Status);
    }

    public async Task RemoveAsync(HttpContext context, string id)
    {
        if (!await registry.RemoveAsync(id))
        {
            await ApiErrorResponses.WriteAsync(context, StreamRegistry.NoSuchStream(id));
            return;
        }

        quality.Forget(id);
        await directory.ReleaseAsync(id, identity.WorkerId, CancellationToken.None);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary><c>GET /v1/streams/{id}/frame.jpg</c>: the newest frame, as the model sees it.</summary>
    public async Task FrameAsync(HttpContext context, string id)
    {
        if (registry.Find(id) is not { } camera)
        {
            await ApiErrorResponses.WriteAsync(context, StreamRegistry.NoSuchStream(id));
            return;
        }

        if (camera.LatestJpeg(PreviewQuality) is not { } jpeg)
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.NotFound($"The stream {id} has no frame yet.", "no_frame_yet"));
            return;
        }

        context.Response.ContentType = "image/jpeg";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(jpeg, context.RequestAborted);
    }

    private static Task WriteAsync(HttpContext context, StreamStatus status) =>
        context.Response.WriteAsJsonAsync(status, StreamJsonContext.Default.StreamStatus, contentType: null, context.RequestAborted);

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
