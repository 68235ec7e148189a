namespace DeltaEdge.ComponentTests.Gateway;

public sealed class DiscoveryTests
{
    [Fact]
    public async Task NoWorker_IsSaidWithWhenToComeBack()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.AskAsync();

        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        await gateway.AskAsync().RefusesAsync(503, "no_worker_available");
    }

    [Fact]
    public async Task WorkerReports_RequestsReachIt()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.AddWorkerAsync("w1");

        Assert.Equal("w1", await gateway.AskedWorkerAsync());
    }

    [Fact]
    public async Task WorkerIsRemoved_RequestsGoToTheOther()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.AddWorkerAsync("w1");
        await gateway.AddWorkerAsync("w2");

        await gateway.Registry.RemoveAsync("w1", CancellationToken.None);
        await gateway.RoutesToAsync("w2");

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("w2", await gateway.AskedWorkerAsync());
        }
    }

    [Fact]
    public async Task HeartbeatsStop_WorkerDisappears()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Fabric:ReportTtlMs", "500"), ("DeltaEdge:Fabric:PollMs", "100"), ("DeltaEdge:Fabric:TimeoutMs", "300"));
        await gateway.AddWorkerAsync("w1");

        await gateway.RoutesToAsync();

        await gateway.AskAsync().RefusesAsync(503, "no_worker_available");
    }

    [Fact]
    public async Task WorkerDrains_ItTakesNothingNewButKeepsItsStreams()
    {
        await using var gateway = await TestGateway.StartAsync();
        var draining = await gateway.AddWorkerAsync("w1");
        await gateway.AddWorkerAsync("w2", backlogSeconds: 5);
        await gateway.OwnAsync("cam", "w1");

        await gateway.ReportAsync("w1", draining.Address, draining: true);

        Assert.Equal("w2", await gateway.AskedWorkerAsync());
        Assert.Contains("w1", await gateway.Http.GetStringAsync("/v1/streams/cam"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyWorkerDrains_NoneIsAvailable()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        await gateway.ReportAsync("w1", worker.Address, draining: true);

        await gateway.AskAsync().RefusesAsync(503, "no_worker_available");
    }
}
