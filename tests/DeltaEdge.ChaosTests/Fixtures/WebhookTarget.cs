using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>A receiver of webhooks on this machine that can be switched off: connections are then refused.</summary>
internal sealed class WebhookTarget : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Type, string DedupeKey)> _received = new();
    private WebApplication? _app;
    private string _address = "http://127.0.0.1:0";

    public string Url => _address + "/hook";

    /// <summary>Everything that came, repeats included.</summary>
    public (string Type, string DedupeKey)[] Received => [.. _received];

    /// <summary>On the same port as before.</summary>
    public async Task SwitchOnAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_address);
        _app = builder.Build();
        _app.MapPost("/hook", async (HttpContext context) =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            _received.Enqueue((body.GetProperty("type").GetString()!, body.GetProperty("dedupe_key").GetString()!));
        });
        await _app.StartAsync();
        _address = _app.Urls.First();
    }

    public async Task SwitchOffAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
            _app = null;
        }
    }

    public async ValueTask DisposeAsync() => await SwitchOffAsync();
}
