using System.Text.Json;
using DeltaEdge.Cli.Keys;
using DeltaEdge.Cli.Load;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Http;

namespace DeltaEdge.Cli.Up;

/// <summary>The live page's load slider: <c>GET</c> and <c>PUT /demo/load {"asks_per_second": n}</c>, embedded mode only.</summary>
internal sealed class DemoLoad(string clips, string key, MonotonicClock clock) : IAsyncDisposable
{
    public const double Most = 100;

    private readonly HttpClient _http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) }.WithKey(key);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private double _rate;
    private Task? _running;

    public Task GetAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new DemoLoadBody(Volatile.Read(ref _rate)), DemoJson.Default.DemoLoadBody, contentType: null, context.RequestAborted);

    public async Task PutAsync(HttpContext context, Uri gateway)
    {
        DemoLoadBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, DemoJson.Default.DemoLoadBody, context.RequestAborted);
        }
        catch (JsonException)
        {
            body = null;
        }

        if (body is not { AsksPerSecond: >= 0 and <= Most })
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.Invalid("asks_per_second", $"'asks_per_second' must be a number from 0 to {Most}."));
            return;
        }

        Volatile.Write(ref _rate, body.AsksPerSecond);
        lock (_lock)
        {
            _running ??= RunAsync(gateway);
        }

        await GetAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null)
        {
            // Stopped while it still read the clips, or failed before: either way it is over, and nobody asks for it any more.
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(Uri gateway)
    {
        var items = await LoadItems.BuildAsync(clips, "priority", "auto", _stop.Token);
        var generator = new LoadGenerator(_http, new Uri(gateway, "/v1/chat/completions"), items, clock, seed: 1);
        await generator.RunAsync(() => Volatile.Read(ref _rate), static _ => { }, _stop.Token);
    }
}
