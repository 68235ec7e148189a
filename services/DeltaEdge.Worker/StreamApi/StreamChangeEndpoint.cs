using System.Text.Json;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Edge;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>Changes <c>/v1/streams</c>: add, patch, pause, resume, remove.</summary>
internal sealed class StreamChangeEndpoint(StreamEditor editor, StreamSpecParser parser, AdmissionDesk admission, StreamView view)
{
    public async Task AddAsync(HttpContext context)
    {
        if (!parser.Parse(await WholeBody.ReadAsync(context.Request, context.RequestAborted), RequestTermsReader.Read(context.Request.Headers)).TryGet(out var spec, out var error))
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        if (context.Request.Query["dry_run"].ToString() is { Length: > 0 } dryRun && dryRun != "false")
        {
            await DryRunAsync(context, spec, dryRun);
            return;
        }

        var added = await editor.AddAsync(spec, context.Request.Headers[EdgeHeaders.Tenant].ToString() is { Length: > 0 } tenant ? tenant : null, context.RequestAborted);
        if (added.Error is null)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.Location = $"/v1/streams/{spec.Id}";
        }

        await WriteAsync(context, added);
    }

    public async Task PatchAsync(HttpContext context, string id) => await WriteAsync(context, await editor.PatchAsync(id, await WholeBody.ReadAsync(context.Request, context.RequestAborted), RequestTermsReader.Read(context.Request.Headers), context.RequestAborted));

    public async Task PauseAsync(HttpContext context, string id) => await WriteAsync(context, await editor.PauseAsync(id, context.RequestAborted));

    public async Task ResumeAsync(HttpContext context, string id) => await WriteAsync(context, await editor.ResumeAsync(id, context.RequestAborted));

    public async Task RemoveAsync(HttpContext context, string id)
    {
        if (await editor.RemoveAsync(id, context.RequestAborted) is { } error)
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary><c>?dry_run=true</c>: whether the stream would fit, without adding it. Neither its id nor its source is looked at.</summary>
    private Task DryRunAsync(HttpContext context, StreamSpec spec, string dryRun) => dryRun == "true"
        ? context.Response.WriteAsJsonAsync(new DryRunAnswer("stream_admission", spec.Id, admission.Judge(spec)), AdmissionJson.Default.DryRunAnswer, contentType: null, context.RequestAborted)
        : ApiErrorResponses.WriteAsync(context, ApiError.Invalid("dry_run", "'dry_run' is not a known value. Allowed: true or false."));

    private Task WriteAsync(HttpContext context, Result<EditedStream> edited)
    {
        if (!edited.TryGet(out var stream, out var error))
        {
            return ApiErrorResponses.WriteAsync(context, error);
        }

        var status = view.Of(stream.Record);
        if (stream.Admission is null)
        {
            return context.Response.WriteAsJsonAsync(status, StreamJsonContext.Default.StreamStatus, contentType: null, context.RequestAborted);
        }

        var body = JsonSerializer.SerializeToNode(status, StreamJsonContext.Default.StreamStatus)!;
        body["admission"] = JsonSerializer.SerializeToNode(stream.Admission, AdmissionJson.Default.AdmissionAnswer);
        return context.Response.WriteAsJsonAsync(body, AdmissionJson.Default.JsonNode, contentType: null, context.RequestAborted);
    }
}
