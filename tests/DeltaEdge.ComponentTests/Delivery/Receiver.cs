using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>Somebody's web server that gets webhooks; answers as a test tells it to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Receiver(WebApplication application) => _application = application;

    public ConcurrentQueue<Received> All { get; } = new();

    public Uri Address { get; private set; } = null!;

    /// <summary>Dedupe keys in the order of arrival.</summary>
    public string[] Keys => [.. All.Select(r => r.Key)];

    /// <param name="answer">Sets the response; nothing answers 200.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="certificate">For https; null for http.</param>
    public static async Task<Receiver> StartAsync(Func<HttpContext, Received, Task>? answer = null, int port = 0, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var receiver = new Receiver(builder.Build());
        receiver._application.MapPost("/{**path}", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var received = new Received(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
            receiver.All.Enqueue(received);
            await (answer?.Invoke(context, received) ?? Task.CompletedTask);
        });
        await receiver._application.StartAsync();
        receiver.Address = new Uri(receiver._application.Urls.Single());
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    internal sealed record Received(Dictionary<string, string> Headers, byte[] Body)
    {
        public string Key => Headers["idempotency-key"];

        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    }
}
