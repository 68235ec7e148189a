namespace DeltaEdge.ComponentTests.Gateway;

public sealed class HeaderTests
{
    [Fact]
    public async Task CallerNamesItsRequest_TheNameGoesThereAndBack()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");

        using var response = await gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "x-request-id", "mine-7" } } });

        Assert.Equal("mine-7", response.Headers.GetValues("x-request-id").Single());
        Assert.Equal("mine-7", Assert.Single(worker.Requests).Headers["x-request-id"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("<script>")]
    public async Task NameIsNoneOrNotSane_AnotherIsMade(string given)
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation("x-request-id", given);

        using var response = await gateway.Http.SendAsync(request);

        var id = response.Headers.GetValues("x-request-id").Single();
        Assert.NotEqual(given, id);
        Assert.Equal(id, Assert.Single(worker.Requests).Headers["x-request-id"]);
    }

    [Fact]
    public async Task CallerIsBeingTraced_TheTraceGoesOn()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        using var response = await gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "traceparent", $"00-{Trace}-00f067aa0ba902b7-01" } } });

        Assert.Contains(Trace, Assert.Single(worker.Requests).Headers["traceparent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/status")]
    [InlineData("/nowhere")]
    public async Task EveryResponse_KeepsBrowsersShort(string target)
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.Http.GetAsync(target);

        Assert.Contains("default-src 'none'", response.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("x-content-type-options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("x-frame-options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("referrer-policy").Single());
        Assert.False(response.Headers.Contains("server"));
    }
}
