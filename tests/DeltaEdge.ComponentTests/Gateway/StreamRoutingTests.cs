using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.Fabric.Catalog;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class StreamRoutingTests
{
    [Theory]
    [InlineData("GET", "/v1/streams/cam")]
    [InlineData("PATCH", "/v1/streams/cam")]
    [InlineData("DELETE", "/v1/streams/cam")]
    [InlineData("POST", "/v1/streams/cam/pause")]
    [InlineData("GET", "/v1/streams/cam/frame.jpg")]
    public async Task StreamIsOwned_ItsOwnerAnswersHoweverLoaded(string method, string target)
    {
        await using var gateway = await TestGateway.StartAsync();
        var owner = await gateway.AddWorkerAsync("owner", backlogSeconds: 9);
        await gateway.AddWorkerAsync("idle");
        await gateway.OwnAsync("cam", "owner");

        using var response = await gateway.Http.SendAsync(new HttpRequestMessage(new(method), target));

        Assert.True(response.IsSuccessStatusCode);
        var seen = Assert.Single(owner.Requests);
        Assert.Equal((method, target), (seen.Method, seen.Target));
    }

    [Theory]
    [InlineData("/v1/streams/nobody")]
    [InlineData("/v1/streams/nobody/answers")]
    [InlineData("/v1/streams/%2e%2e%2fhealthz")]
    public async Task StreamIsUnknown_NotFound(string target)
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");

        await gateway.Http.GetAsync(target).RefusesAsync(404, "stream_not_found");
        Assert.Empty(worker.Requests);
    }

    [Fact]
    public async Task OwnerIsUnreachable_OnlyItsStreamsAreRefused()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:FailureMinRequests", "2"));
        var owner = await gateway.AddWorkerAsync("owner");
        await gateway.AddWorkerAsync("other", backlogSeconds: 9);
        await gateway.OwnAsync("cam", "owner");
        await gateway.OwnAsync("cam2", "other");
        await owner.DisposeAsync();
        await gateway.Http.GetAsync("/v1/streams/cam").RefusesAsync(502, "worker_unreachable");
        await gateway.Http.GetAsync("/v1/streams/cam").RefusesAsync(502, "worker_unreachable");

        await gateway.Http.GetAsync("/v1/streams/cam").RefusesAsync(503, "stream_owner_unavailable");
        Assert.Contains("other", await gateway.Http.GetStringAsync("/v1/streams/cam2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "frames")]
    [InlineData("POST", "Frames/")]
    [InlineData("GET", "frames")]
    [InlineData("GET", "frame.jpg")]
    public async Task NobodyRunsTheStream_FramesAreRefusedForNow(string method, string rest)
    {
        await using var gateway = await TestGateway.StartAsync();
        var other = await gateway.AddWorkerAsync("other");
        Assert.Equal(CatalogOutcome.Done, await gateway.Catalog.AddAsync(new("cam", "{}", false, null, 1), CancellationToken.None));

        await gateway.Http.SendAsync(new HttpRequestMessage(new(method), $"/v1/streams/cam/{rest}")).RefusesAsync(503, "stream_owner_unavailable");
        Assert.Empty(other.Requests);

        using var paused = await gateway.Http.PostAsync("/v1/streams/cam/pause", null);
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task StreamsAreListed_AllWorkersAreInOneList()
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.AddWorkerAsync("w1")).Respond = Lists("b", "d");
        (await gateway.AddWorkerAsync("w2")).Respond = Lists("a", "c");

        using var response = await gateway.Http.GetAsync("/v1/streams");

        var list = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(["a", "b", "c", "d"], list.GetProperty("data").EnumerateArray().Select(s => s.GetProperty("id").GetString()));
        Assert.False(response.Headers.Contains("x-deltaedge-missing-workers"));
    }

    [Fact]
    public async Task OneWorkerDoesNotList_TheOthersAreListedAndItIsNamed()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:ListTimeoutMs", "500"));
        (await gateway.AddWorkerAsync("broken")).Respond = context => context.Response.WriteAsync("no json");
        (await gateway.AddWorkerAsync("silent")).Respond = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        (await gateway.AddWorkerAsync("well")).Respond = Lists("a");

        using var response = await gateway.Http.GetAsync("/v1/streams");

        Assert.Equal("broken,silent", response.Headers.GetValues("x-deltaedge-missing-workers").Single());
        Assert.Single((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task NobodyLists_NoWorkerIsAvailable()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.Http.GetAsync("/v1/streams").RefusesAsync(503, "no_worker_available");
    }

    private static RequestDelegate Lists(params string[] ids) =>
        context => context.Response.WriteAsJsonAsync(new { @object = "list", data = ids.Select(id => new { id, state = "running" }) });
}
