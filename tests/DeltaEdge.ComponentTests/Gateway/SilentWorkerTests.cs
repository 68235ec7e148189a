using System.Net;
using System.Net.Http.Json;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Wire;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>A worker that takes an ask and says nothing, as one that is frozen: the ask is put to another when it leaves the fleet, and ends by its deadline in any case.</summary>
public sealed class SilentWorkerTests
{
    private static readonly RequestDelegate Silence = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    [Fact]
    public async Task SilentPastTheDeadline_EndsAndIsNotAskedAgain()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:AnswerGraceMs", "100"));
        var (_, other) = await TwoAsync(gateway);
        var began = TimeProvider.System.GetTimestamp();

        using var response = await AskAsync(gateway, deadlineMs: 200);

        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(300));
        Assert.Equal("false", response.Headers.GetValues(EdgeHeaders.ShouldRetry).Single());
        var error = await Task.FromResult(response).RefusesAsync(504, "deadline_exceeded");
        Assert.Contains("200 ms", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task LeavesTheFleetInsideTheDeadline_TheOtherAnswers()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (silent, other) = await TwoAsync(gateway);
        var asking = AskAsync(gateway, deadlineMs: 600_000);
        await Wait.UntilAsync(() => silent.Requests.Length == 1, () => "the ask to reach the silent worker");

        await gateway.Registry.RemoveAsync(silent.Id, CancellationToken.None);

        using var response = await asking;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues(EdgeHeaders.Retried).Single());
        Assert.Single(other.Requests);
        Assert.Contains("deltaedge_gateway_retries_total{outcome=\"answered\"} 1", await gateway.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavesTheFleetAfterTheDeadline_IsTooLate()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (silent, other) = await TwoAsync(gateway);
        var began = TimeProvider.System.GetTimestamp();
        var asking = AskAsync(gateway, deadlineMs: 50);
        await Wait.UntilAsync(() => silent.Requests.Length == 1 && TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(200), () => "the ask to be overdue");

        await gateway.Registry.RemoveAsync(silent.Id, CancellationToken.None);

        await asking.RefusesAsync(504, "deadline_exceeded");
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task BodyIsNotKept_EndsWhenItsWorkerLeaves()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:RetryMaxBodyBytes", "0"));
        var (silent, _) = await TwoAsync(gateway);
        var asking = AskAsync(gateway, deadlineMs: 600_000);
        await Wait.UntilAsync(() => silent.Requests.Length == 1, () => "the ask to reach the silent worker");

        await gateway.Registry.RemoveAsync(silent.Id, CancellationToken.None);

        await asking.RefusesAsync(502, "worker_unreachable");
    }

    [Fact]
    public async Task AnswerHasBegun_NeitherDeadlineNorLeavingEndsIt()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:AnswerGraceMs", "0"));
        var (silent, _) = await TwoAsync(gateway);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        silent.Respond = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await left.Task;
            await context.Response.WriteAsync("data: 2\n\n");
        };
        var began = TimeProvider.System.GetTimestamp();
        using var response = await AskAsync(gateway, deadlineMs: 4000);

        await gateway.Registry.RemoveAsync(silent.Id, CancellationToken.None);
        await gateway.RoutesToAsync("other");
        await Wait.UntilAsync(() => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(4.2), () => "the deadline to be over");
        left.SetResult();

        Assert.EndsWith("data: 2\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientLeaves_TheWorkerHearsOfIt()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (silent, _) = await TwoAsync(gateway);
        using var leave = new CancellationTokenSource();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        silent.Respond = context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            return ended.Task;
        };
        var asking = gateway.Http.PostAsJsonAsync("/v1/chat/completions", new { model = "nano" }, leave.Token);
        await Wait.UntilAsync(() => silent.Requests.Length == 1, () => "the ask to reach the silent worker");

        await leave.CancelAsync();

        await ended.Task.WaitAsync(Wait.Limit, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    /// <summary>Two workers of which every ask goes to the silent one, since the other looks busy.</summary>
    private static async Task<(FakeWorker Silent, FakeWorker Other)> TwoAsync(TestGateway gateway)
    {
        var silent = await gateway.AddWorkerAsync("silent");
        silent.Respond = Silence;
        return (silent, await gateway.AddWorkerAsync("other", backlogSeconds: 1000));
    }

    private static async Task<HttpResponseMessage> AskAsync(TestGateway gateway, int deadlineMs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(new { deltaedge = new { deadline_ms = deadlineMs } }) };
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
