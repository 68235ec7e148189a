using System.Net;
using DeltaEdge.ComponentTests.Fabric.Keys;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class KeyLimitTests
{
    private static readonly (string, string) Required = ("DeltaEdge:Gateway:Keys", "required");

    [Fact]
    public async Task BurstIsUsedUp_RefusedWithTheTimeToComeAgainAndOthersAreNot()
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        await gateway.AddWorkerAsync("w1");
        var (_, text) = await gateway.Keys.AddNewAsync(k => k with { RequestsPerSecond = 0.01, Burst = 3 });
        var (_, other) = await gateway.Keys.AddNewAsync();

        for (var left = 2; left >= 0; left--)
        {
            using var response = await GetAsync(gateway, text);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("3", response.Headers.GetValues("x-ratelimit-limit-requests").Single());
            Assert.Equal($"{left}", response.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        }

        using var refused = await GetAsync(gateway, text);
        Assert.Equal(TimeSpan.FromSeconds(100), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("0", refused.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        await GetAsync(gateway, text).RefusesAsync(429, "rate_limit_exceeded");
        using var well = await GetAsync(gateway, other);
        Assert.Equal(HttpStatusCode.OK, well.StatusCode);
    }

    [Fact]
    public async Task TooManyInFlight_RefusedUntilOneEnds()
    {
        await using var gateway = await TestGateway.StartAsync(Required);
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        (await gateway.AddWorkerAsync("w1")).Respond = async _ =>
        {
            arrived.TrySetResult();
            await go.Task;
        };
        var (_, text) = await gateway.Keys.AddNewAsync(k => k with { Concurrency = 1 });

        var first = GetAsync(gateway, text);
        await arrived.Task.WaitAsync(Wait.Limit);
        await GetAsync(gateway, text).RefusesAsync(429, "rate_limit_exceeded");
        go.SetResult();
        (await first).Dispose();

        // The place is given back when the gateway has ended the request, a moment after its client has the answer.
        await Wait.UntilAsync(async () =>
        {
            using var next = await GetAsync(gateway, text);
            return next.StatusCode == HttpStatusCode.OK;
        }, () => "the place of the ended request");
    }

    [Fact]
    public async Task ManyAttemptsWithoutAValidKey_AreSlowedDownAndValidKeysAreNot()
    {
        await using var gateway = await TestGateway.StartAsync(Required, ("DeltaEdge:Gateway:FailedAttemptsPerMinute", "3"));
        await gateway.AddWorkerAsync("w1");
        var (_, text) = await gateway.Keys.AddNewAsync();

        for (var i = 0; i < 3; i++)
        {
            await GetAsync(gateway, "wrong").RefusesAsync(401, "invalid_api_key");
        }

        await GetAsync(gateway, "wrong").RefusesAsync(429, "rate_limit_exceeded");
        using var response = await GetAsync(gateway, text);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task HeadersAreTooLong_Refused()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:MaxHeaderBytes", "2048"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz/live");
        request.Headers.Add("x-long", new string('x', 4096));

        using var response = await gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestGateway gateway, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Add("x-api-key", key);
        return await gateway.Http.SendAsync(request);
    }
}
