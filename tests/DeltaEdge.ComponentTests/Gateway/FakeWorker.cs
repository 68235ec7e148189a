using System.Collections.Concurrent;
using System.Collections.Immutable;
using DeltaEdge.Core.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>A worker's HTTP side: a real server on a free port that answers as a test says and remembers what it was asked.</summary>
internal sealed class FakeWorker : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Seen> _seen = [];

    private FakeWorker(string id, WebApplication app)
    {
        (Id, _app) = (id, app);
        Respond = context => context.Response.WriteAsJsonAsync(new { worker = Id });
    }

    public string Id { get; }

    public string Address => _app.Urls.Single();

    /// <summary>What it answers to everything but probes.</summary>
    public RequestDelegate Respond { get; set; }

    /// <summary>Status of its readiness probe.</summary>
    public int ProbeStatus { get; set; } = 200;

    /// <summary>Gateway's secret on the latest probe.</summary>
    public string? ProbedWith { get; private set; }

    /// <summary>Requests other than probes, in order of arrival.</summary>
    public ImmutableArray<Seen> Requests => [.. _seen];

    public static async Task<FakeWorker> StartAsync(string id)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var worker = new FakeWorker(id, app);
        app.Run(worker.HandleAsync);
        await app.StartAsync();
        return worker;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/healthz/ready")
        {
            ProbedWith = context.Request.Headers[EdgeHeaders.GatewaySecret];
            context.Response.StatusCode = ProbeStatus;
            return Task.CompletedTask;
        }

        _seen.Enqueue(new(context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        return Respond(context);
    }

    public sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers);
}
