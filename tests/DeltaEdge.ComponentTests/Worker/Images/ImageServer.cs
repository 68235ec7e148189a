using System.Net;
using DeltaEdge.Worker.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Worker.Images;

/// <summary>A server of somebody else's on loopback, under names that a test resolves as it likes. To the fetcher, 127.0.0.1 is the only public address there is.</summary>
internal sealed class ImageServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private ImageServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.Single()).Port;

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Headers of the last request.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    /// <summary>Addresses by name.</summary>
    public Dictionary<string, Func<IPAddress[]>> Names { get; } = new(StringComparer.Ordinal)
    {
        ["public.test"] = () => [IPAddress.Loopback],
        ["private.test"] = () => [IPAddress.Parse("10.0.0.1")],
        ["both.test"] = () => [IPAddress.Loopback, IPAddress.Parse("10.0.0.1")],
        ["nothing.test"] = () => [],
    };

    public static async Task<ImageServer> StartAsync(RequestDelegate respond)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ImageServer(app);
        app.Run(context =>
        {
            Interlocked.Increment(ref server._requests);
            server.Headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
            return respond(context);
        });
        await app.StartAsync();
        return server;
    }

    public string Url(string host, string path = "/a.png") => $"http://{host}:{Port}{path}";

    public ImageFetcher NewFetcher(ImageUrlOptions? options = null) => new(
        options ?? new ImageUrlOptions { Allow = true, TimeoutMs = 20_000 },
        TimeProvider.System,
        new PublicConnector((name, _) => Task.FromResult(Names[name]()), address => address.Equals(IPAddress.Loopback)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
