using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.ComponentTests.Fabric.Keys;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Catalog;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>A gateway that asks for keys.</summary>
public sealed class KeyTests
{
    private static readonly (string, string) Required = ("DeltaEdge:Gateway:Keys", "required");

    [Theory]
    [InlineData("authorization", "Bearer ")]
    [InlineData("authorization", "bearer ")]
    [InlineData("x-api-key", "")]
    public async Task KeyIsRight_WorkerLearnsWhoseItIsAndNotTheKey(string header, string scheme)
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var worker = await gateway.AddWorkerAsync("w1");
        var (key, text) = await gateway.Keys.AddNewAsync(k => k with { SlaClass = "priority", AllowedClasses = ["priority", "flex"] });

        using var response = await GetAsync(gateway, "/v1/models", (header, scheme + text));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = Assert.Single(worker.Requests);
        Assert.Equal(key.Id, seen.Headers[EdgeHeaders.Tenant]);
        Assert.Equal("priority", seen.Headers[EdgeHeaders.KeyClass]);
        Assert.Equal("priority,flex", seen.Headers[EdgeHeaders.AllowedClasses]);
        Assert.DoesNotContain(seen.Headers, h => h.Value.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/status")]
    [InlineData("/v1/streams")]
    [InlineData("/v1/streams/cam/answers")]
    [InlineData("/V1/MODELS")]
    public async Task NoKey_IsRefusedAndNobodyIsAsked(string path)
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var worker = await gateway.AddWorkerAsync("w1");

        await GetAsync(gateway, path).RefusesAsync(401, "missing_api_key");

        Assert.Empty(worker.Requests);
    }

    [Fact]
    public async Task KeyIsNotRight_IsRefusedInOneWay()
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var (_, unknown) = TestKeys.New();
        var (_, text) = await gateway.Keys.AddNewAsync();
        var (_, over) = await gateway.Keys.AddNewAsync(k => k with { ExpiresAt = k.CreatedAt });
        var (revoked, was) = await gateway.Keys.AddNewAsync();
        await gateway.Keys.RevokeAsync(revoked.Id, CancellationToken.None);
        var wrong = text[..^2] + (text.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA");

        foreach (var given in (string[])["nonsense", unknown, wrong, over, was, text + "x", text[..20]])
        {
            await GetAsync(gateway, "/v1/models", ("x-api-key", given)).RefusesAsync(401, "invalid_api_key");
        }
    }

    [Fact]
    public async Task TwoKeysAtOnceOrAnotherScheme_CountAsNone()
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var (_, text) = await gateway.Keys.AddNewAsync();

        await GetAsync(gateway, "/v1/models", ("x-api-key", text), ("authorization", "Bearer " + text)).RefusesAsync(401, "missing_api_key");
        await GetAsync(gateway, "/v1/models", ("authorization", "Basic " + text)).RefusesAsync(401, "missing_api_key");
    }

    [Fact]
    public async Task Probes_NeedNoKey()
    {
        await using var gateway = await TestGateway.StartAsync(Required);

        using var live = await GetAsync(gateway, "/healthz/live");
        using var page = await GetAsync(gateway, "/");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Status_IsForKeysThatMaySeeIt()
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var (_, plain) = await gateway.Keys.AddNewAsync();
        var (_, seeing) = await gateway.Keys.AddNewAsync(k => k with { SeesMetrics = true });

        await GetAsync(gateway, "/v1/status", ("x-api-key", plain)).RefusesAsync(403, "insufficient_permissions");
        using var response = await GetAsync(gateway, "/v1/status", ("x-api-key", seeing));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Streams_AreTheirKeysOwn()
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var worker = await gateway.AddWorkerAsync("w1");
        var (mine, text) = await gateway.Keys.AddNewAsync();
        var (_, other) = await gateway.Keys.AddNewAsync();
        var (_, admin) = await gateway.Keys.AddNewAsync(k => k with { IsAdmin = true });
        await gateway.OwnAsync("cam", "w1");
        await gateway.OwnAsync("old", "w1");
        Assert.Equal(CatalogOutcome.Done, await gateway.Catalog.AddAsync(new StreamRecord("cam", "{}", false, mine.Id, 1), CancellationToken.None));
        Assert.Equal(CatalogOutcome.Done, await gateway.Catalog.AddAsync(new StreamRecord("old", "{}", false, null, 1), CancellationToken.None));

        foreach (var (method, path) in ((string, string)[])[("GET", "cam"), ("PATCH", "cam"), ("DELETE", "cam"), ("GET", "cam/answers"), ("GET", "cam/frame.jpg"), ("POST", "cam/pause"), ("GET", "old"), ("GET", "none")])
        {
            await SendAsync(gateway, method, "/v1/streams/" + path, ("x-api-key", other)).RefusesAsync(404, "stream_not_found");
        }

        Assert.Empty(worker.Requests);
        using var own = await GetAsync(gateway, "/v1/streams/cam/answers", ("x-api-key", text));
        using var all = await GetAsync(gateway, "/v1/streams/old", ("x-api-key", admin));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (own.StatusCode, all.StatusCode));
    }

    [Fact]
    public async Task StreamList_HoldsTheKeysOwn()
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var worker = await gateway.AddWorkerAsync("w1");
        worker.Respond = context => context.Response.WriteAsJsonAsync(new { @object = "list", data = ((string[])["cam", "old"]).Select(id => new { id }) });
        var (mine, text) = await gateway.Keys.AddNewAsync();
        await gateway.Catalog.AddAsync(new StreamRecord("cam", "{}", false, mine.Id, 1), CancellationToken.None);

        using var response = await GetAsync(gateway, "/v1/streams", ("x-api-key", text));

        var list = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["cam"], list.GetProperty("data").EnumerateArray().Select(s => s.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task KeyIsRevokedWhileItReads_ReadingEnds()
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (await gateway.AddWorkerAsync("w1")).Respond = async context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            await ended.Task;
        };
        var (key, text) = await gateway.Keys.AddNewAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "x-api-key", text } } };
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        await gateway.Keys.RevokeAsync(key.Id, CancellationToken.None);

        await ended.Task.WaitAsync(Wait.Limit);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task LoopbackWithoutAWord_NeedsNoKeyAndIgnoresOne()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");

        using var response = await GetAsync(gateway, "/v1/models", ("x-api-key", "anything"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(Assert.Single(worker.Requests).Headers.ContainsKey("x-api-key"));
    }

    [Theory]
    [InlineData(null, 401, 401)]
    [InlineData("off", 200, 200)]
    public async Task OthersCanReachIt_KeysAreNeededUnlessTurnedOff(string? mode, int models, int metrics)
    {
        await using var gateway = await TestGateway.StartOnAsync("http://0.0.0.0:0", mode is null ? [] : [("DeltaEdge:Gateway:Keys", mode)]);
        await gateway.AddWorkerAsync("w1");

        using var answer = await GetAsync(gateway, "/v1/models");
        using var scrape = await GetAsync(gateway, "/metrics");

        Assert.Equal((models, metrics), ((int)answer.StatusCode, (int)scrape.StatusCode));
    }

    [Fact]
    public async Task MetricsWhereOthersCanReachThem_NeedTheRightOrTheOption()
    {
        await using var closed = await TestGateway.StartOnAsync("http://0.0.0.0:0");
        var (_, plain) = await closed.Keys.AddNewAsync();
        var (_, seeing) = await closed.Keys.AddNewAsync(k => k with { SeesMetrics = true });
        await using var open = await TestGateway.StartOnAsync("http://0.0.0.0:0", ("DeltaEdge:Gateway:OpenMetrics", "true"));

        await GetAsync(closed, "/metrics", ("x-api-key", plain)).RefusesAsync(403, "insufficient_permissions");
        using var allowed = await GetAsync(closed, "/metrics", ("authorization", "Bearer " + seeing));
        using var free = await GetAsync(open, "/metrics");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (allowed.StatusCode, free.StatusCode));
    }

    private static Task<HttpResponseMessage> GetAsync(TestGateway gateway, string path, params (string Name, string Value)[] headers) => SendAsync(gateway, "GET", path, headers);

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gateway.Http.SendAsync(request);
    }
}
