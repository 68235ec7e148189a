using System.Text.Json;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Edge;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Worker.StreamApi;

/// <summary><c>/v1/streams</c> of one worker: add, list, read, change, remove. An id is claimed for the whole fleet before it is added here.</summary>
internal sealed class StreamsEndpoint(
    StreamRegistry registry, StreamSpecParser parser, AdmissionDesk admission, IStreamDirectory directory, WorkerIdentity identity, StreamQuality quality)
{
    private const int PreviewQuality = 80;

    private readonly Lock _entry = new(); // Held from judging a stream until it counts as present.

    public async Task AddAsync(HttpContext context)
    {
        if (!parser.Parse(await ReadBodyAsync(context), RequestTermsReader.Read(context.Request.Headers)).TryGet(out var spec, out var error))
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        if (context.Request.Query["dry_run"].ToString() is { Length: > 0 } dryRun)
        {
            await DryRunAsync(context, spec, dryRun);
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

        if (!Enter(spec, out var judged).TryGet(out var camera, out error))
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
        await WriteAsync(context, camera.Status, judged);
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

        AdmissionAnswer? judged = null;
        if (!parser.Patch(camera.Spec, await ReadBodyAsync(context), RequestTermsReader.Read(context.Request.Headers)).TryGet(out var spec, out var error) || !Change(spec, out judged).TryGet(out camera, out error))
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        await WriteAsync(context, camera.Status, judged);
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

    /// <summary>Adds a stream that fits. A duplicate is not judged: it is a duplicate whether or not there is room.</summary>
    private Result<Camera> Enter(StreamSpec spec, out AdmissionAnswer? judged)
    {
        lock (_entry)
        {
            judged = admission.IsOpen && registry.Find(spec.Id) is null ? admission.Judge(spec) : null;
            return judged is { Admitted: false } ? AdmissionDesk.Refuse(judged) : registry.Add(spec);
        }
    }

    private Result<Camera> Change(StreamSpec spec, out AdmissionAnswer? judged)
    {
        lock (_entry)
        {
            judged = admission.IsOpen && registry.Find(spec.Id) is { } camera ? admission.Judge(spec, camera.Spec) : null;
            return judged is { Admitted: false } ? AdmissionDesk.Refuse(judged) : registry.Update(spec);
        }
    }

    /// <summary><c>?dry_run=true</c>: whether the stream would fit, without adding it. Neither its id nor its source is looked at.</summary>
    private Task DryRunAsync(HttpContext context, StreamSpec spec, string dryRun) => dryRun == "true"
        ? context.Response.WriteAsJsonAsync(new DryRunAnswer("stream_admission", spec.Id, admission.Judge(spec)), AdmissionJson.Default.DryRunAnswer, contentType: null, context.RequestAborted)
        : ApiErrorResponses.WriteAsync(context, ApiError.Invalid("dry_run", "'dry_run' is not a known value. Allowed: true, or leave it out."));

    private static Task WriteAsync(HttpContext context, StreamStatus status, AdmissionAnswer? judged)
    {
        if (judged is null)
        {
            return WriteAsync(context, status);
        }

        var body = JsonSerializer.SerializeToNode(status, StreamJsonContext.Default.StreamStatus)!;
        body["admission"] = JsonSerializer.SerializeToNode(judged, AdmissionJson.Default.AdmissionAnswer);
        return context.Response.WriteAsJsonAsync(body, AdmissionJson.Default.JsonNode, contentType: null, context.RequestAborted);
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
