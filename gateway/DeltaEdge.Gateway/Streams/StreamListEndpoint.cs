using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Streams;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Gateway.Access;
using DeltaEdge.Gateway.Errors;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Streams;

/// <summary><c>GET /v1/streams</c>: every worker's list in one, and what no worker runs. A worker that does not answer is named in a header.</summary>
internal sealed partial class StreamListEndpoint(
    IWorkerRegistry registry, IStreamCatalog catalog, CatalogView view, IHttpClientFactory clients, IOptions<GatewayOptions> options, ILogger<StreamListEndpoint> logger)
{
    public const string ClientName = "stream-list";

    /// <summary>Response header: ids of the workers whose streams are missing from the list.</summary>
    public const string MissingHeader = "x-deltaedge-missing-workers";

    private readonly int _retryAfter = options.Value.RetryAfterSeconds;
    private readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(options.Value.ListTimeoutMs);

    public async Task GetAsync(HttpContext context)
    {
        var workers = registry.Known;
        var lists = await Task.WhenAll(workers.Select(w => ListAsync(w.WorkerId, w.Address, RequestIds.Of(context), context.RequestAborted)));
        var missing = workers.Where((_, i) => lists[i] is null).Select(w => w.WorkerId).ToImmutableArray();
        var records = catalog.All;
        if (missing.Length == workers.Length && records.IsEmpty)
        {
            await ApiErrorResponses.WriteAsync(context, GatewayErrors.NoWorker(_retryAfter));
            return;
        }

        if (!missing.IsEmpty)
        {
            context.Response.Headers[MissingHeader] = string.Join(",", missing);
        }

        await WriteAsync(context, lists, records);
    }

    /// <summary>What no worker told of is listed from its record.</summary>
    private async Task WriteAsync(HttpContext context, StreamPage?[] lists, ImmutableArray<StreamRecord> records)
    {
        var told = lists.OfType<StreamPage>().SelectMany(l => l.Data).DistinctBy(IdOf).ToList();
        var known = told.Select(IdOf).ToHashSet(StringComparer.Ordinal);
        var rest = records.Where(r => !known.Contains(r.StreamId)).Select(r => JsonSerializer.SerializeToElement(view.Of(r), StreamJsonContext.Default.StreamStatus));
        var streams = told.Concat(rest).Where(s => IsVisible(context, s)).OrderBy(IdOf, StringComparer.Ordinal);
        await context.Response.WriteAsJsonAsync(new StreamPage([.. streams]), StreamListJson.Default.StreamPage, contentType: null, context.RequestAborted);
    }

    /// <summary>One worker's streams; null if it did not list them.</summary>
    private async Task<StreamPage?> ListAsync(string worker, string address, string requestId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), "/v1/streams"));
            request.Headers.Add(RequestIds.Header, requestId);
            using var response = await clients.CreateClient(ClientName).SendAsync(request, limit.Token);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync(StreamListJson.Default.StreamPage, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogWorkerMissing(worker, e.Message);
            return null;
        }
    }

    /// <summary>Whether the stream is the caller's.</summary>
    private bool IsVisible(HttpContext context, JsonElement stream) => Caller.MaySeeStreamsOf(context, IdOf(stream) is { } id ? catalog.Find(id)?.Tenant : null);

    private static string? IdOf(JsonElement stream) =>
        stream.ValueKind == JsonValueKind.Object && stream.TryGetProperty("id", out var id) ? id.GetString() : null;

    [LoggerMessage(1, LogLevel.Warning, "Worker {Worker} did not list its streams: {Reason}", EventName = "StreamListIncomplete")]
    private partial void LogWorkerMissing(string worker, string reason);
}
