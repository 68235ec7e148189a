using System.Net;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric;
using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Edge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Worker;

public sealed class GatewayOnlyTests
{
    private const string Secret = "0123456789abcdef";

    [Theory]
    [InlineData(Secret, HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData("0123456789abcdeF", HttpStatusCode.Forbidden)]
    [InlineData(Secret + "0", HttpStatusCode.Forbidden)]
    public async Task SecretIsSet_OnlyWhoKnowsItIsServed(string? given, HttpStatusCode status)
    {
        await using var worker = await StartAsync("http://127.0.0.1:0", Secret);

        Assert.Equal(status, await GetAsync(worker, "/v1/models", given));
    }

    /// <summary>Whoever operates a worker from a shell without the secret has to learn where it belongs.</summary>
    [Fact]
    public async Task Refusal_NamesTheSettingOfTheSecret()
    {
        await using var worker = await StartAsync("http://127.0.0.1:0", Secret);
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri($"{worker.Urls.Single()}/admin/model"));

        Assert.Contains("DeltaEdge__Fabric__GatewaySecret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz/ready")]
    [InlineData("/metrics")]
    public async Task ProbesAndMetrics_AreOpen(string path)
    {
        await using var worker = await StartAsync("http://127.0.0.1:0", Secret);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(worker, path, null));
    }

    [Fact]
    public async Task NoSecretOnLoopback_CallersOnThisMachineAreServed()
    {
        await using var worker = await StartAsync("http://127.0.0.1:0", "");

        Assert.Equal(HttpStatusCode.OK, await GetAsync(worker, "/v1/models", null));
    }

    [Fact]
    public async Task NoSecretAndOthersCanReachIt_RefusesToStart()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("http://0.0.0.0:0", ""));

        Assert.Contains("DeltaEdge:Fabric:GatewaySecret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretAndOthersCanReachIt_Starts()
    {
        await using var worker = await StartAsync("http://0.0.0.0:0", Secret);

        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(worker, "/v1/models", null));
    }

    private static async Task<WebApplication> StartAsync(string url, string secret)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.Configure<FabricOptions>(o => o.GatewaySecret = secret);
        builder.Services.AddHostedService<SecretRequirement>();
        var app = builder.Build();
        app.UseMiddleware<ApiErrorMiddleware>();
        app.UseMiddleware<GatewayOnlyMiddleware>();
        app.MapGet("/{**any}", () => "served");
        try
        {
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static async Task<HttpStatusCode> GetAsync(WebApplication worker, string path, string? secret)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{new Uri(worker.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port}{path}"));
        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation(EdgeHeaders.GatewaySecret, secret);
        }

        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
