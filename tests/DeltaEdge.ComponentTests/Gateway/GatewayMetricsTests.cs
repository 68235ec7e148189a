using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class GatewayMetricsTests
{
    [Fact]
    public async Task RequestsPass_TheyAreCountedByRouteAndStatus()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        await gateway.AskedWorkerAsync();
        await gateway.AskedWorkerAsync();
        await gateway.Http.GetAsync("/nowhere").RefusesAsync(404, "unknown_route");
        await worker.DisposeAsync();
        await gateway.AskAsync().RefusesAsync(502, "worker_unreachable");

        await Wait.UntilAsync(async () =>
        {
            var text = await gateway.Http.GetStringAsync("/metrics");
            return text.Contains("deltaedge_gateway_requests_total{route=\"chat\",status=\"200\"} 2", StringComparison.Ordinal)
                && text.Contains("deltaedge_gateway_requests_total{route=\"chat\",status=\"502\"} 1", StringComparison.Ordinal)
                && text.Contains("deltaedge_gateway_requests_total{route=\"none\",status=\"404\"} 1", StringComparison.Ordinal)
                && text.Contains("deltaedge_gateway_forwarder_errors_total{error=\"Request\"} 1", StringComparison.Ordinal)
                && text.Contains("deltaedge_gateway_request_seconds_count{route=\"chat\"} 3", StringComparison.Ordinal);
        }, () => "all are counted");
    }
}
