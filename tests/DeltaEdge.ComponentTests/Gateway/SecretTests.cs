using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class SecretTests
{
    private const string Secret = "0123456789abcdef";

    [Fact]
    public async Task ForwardedAndOwnRequests_CarryTheSecret()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Fabric:GatewaySecret", Secret));
        var worker = await gateway.AddWorkerAsync("w1");
        await gateway.OwnAsync("cam", "w1");

        await gateway.AskedWorkerAsync();
        using var stream = await gateway.Http.GetAsync("/v1/streams/cam");
        using var list = await gateway.Http.GetAsync("/v1/streams");

        Assert.True(worker.Requests.Length >= 2);
        Assert.All(worker.Requests, r => Assert.Equal(Secret, r.Headers[EdgeHeaders.GatewaySecret]));
    }

    [Fact]
    public async Task WorkerRedirectsTheGateway_TheSecretDoesNotFollow()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Fabric:GatewaySecret", Secret));
        await using var elsewhere = await FakeWorker.StartAsync("elsewhere");
        (await gateway.AddWorkerAsync("w1")).Respond = context =>
        {
            context.Response.Redirect(elsewhere.Address + "/v1/streams");
            return Task.CompletedTask;
        };

        await gateway.Http.GetAsync("/v1/streams").RefusesAsync(503, "no_worker_available");

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Probe_CarriesTheSecret()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Fabric:GatewaySecret", Secret), ("DeltaEdge:Gateway:ProbeIntervalMs", "50"), ("DeltaEdge:Gateway:ProbeTimeoutMs", "50"));
        var worker = await gateway.AddWorkerAsync("w1");

        await Wait.UntilAsync(() => worker.ProbedWith == Secret, () => $"a probe with the secret; the last had '{worker.ProbedWith}'");
    }

    [Fact]
    public async Task ClientSendsWhatOnlyAGatewayMaySay_WorkerDoesNotSeeIt()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        foreach (var name in EdgeHeaders.FromGatewayOnly)
        {
            request.Headers.Add(name, "forged");
        }

        using var response = await gateway.Http.SendAsync(request);

        var seen = Assert.Single(worker.Requests);
        Assert.All(EdgeHeaders.FromGatewayOnly, name => Assert.False(seen.Headers.ContainsKey(name), $"{name} came through."));
    }
}
