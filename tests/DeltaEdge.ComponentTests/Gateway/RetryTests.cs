using System.Net;
using System.Net.Http.Json;
using System.Text;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Wire;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>An ask whose worker fails before its answer begins is put to another one, once.</summary>
public sealed class RetryTests
{
    private const string Body = "{\"model\":\"nano\",\"n\":1}";

    private static readonly RequestDelegate HangUp = context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    [Fact]
    public async Task WorkerHangsUp_TheOtherAnswersTheSameAsk()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (bad, good, bodies) = await TwoAsync(gateway, HangUp);

        using var response = await AskAsync(gateway);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues(EdgeHeaders.Retried).Single());
        Assert.Equal(Body, Assert.Single(bodies));
        Assert.Single(bad.Requests);
        Assert.True(int.Parse(Assert.Single(good.Requests).Headers[EdgeHeaders.ElapsedMs], System.Globalization.CultureInfo.InvariantCulture) >= 0);
        Assert.Contains("deltaedge_gateway_retries_total{outcome=\"answered\"} 1", await gateway.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkerIsGone_TheOtherAnswers()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (bad, _, _) = await TwoAsync(gateway, HangUp);
        await bad.DisposeAsync();

        using var response = await AskAsync(gateway);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(502, false, true)]
    [InlineData(503, true, true)]
    [InlineData(500, true, true)]
    [InlineData(503, false, false)]
    [InlineData(500, false, false)]
    [InlineData(504, false, false)]
    [InlineData(400, false, false)]
    public async Task WorkerAnswersWithAnError_OnlyThoseThatAnotherMayNotHaveAreTriedAgain(int status, bool draining, bool again)
    {
        await using var gateway = await TestGateway.StartAsync();
        var (_, good, _) = await TwoAsync(gateway, context =>
        {
            context.Response.StatusCode = status;
            if (draining)
            {
                context.Response.Headers[EdgeHeaders.Draining] = "1";
            }

            return context.Response.WriteAsync("{\"error\":{}}");
        });

        using var response = await AskAsync(gateway);

        Assert.Equal(again ? 200 : status, (int)response.StatusCode);
        Assert.Equal(again ? 1 : 0, good.Requests.Length);
    }

    [Fact]
    public async Task BothFail_EachIsAskedOnce()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (bad, good, _) = await TwoAsync(gateway, HangUp);
        good.Respond = HangUp;

        await AskAsync(gateway).RefusesAsync(502, "worker_unreachable");

        Assert.Equal((1, 1), (bad.Requests.Length, good.Requests.Length));
    }

    [Fact]
    public async Task AnswerHasBegun_IsNotAskedAgain()
    {
        await using var gateway = await TestGateway.StartAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (_, good, _) = await TwoAsync(gateway, async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await begun.Task;
            context.Abort();
        });

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var response = await AskAsync(gateway);
            begun.SetResult();
            await response.Content.ReadAsStringAsync();
        });

        Assert.Empty(good.Requests);
    }

    [Theory]
    [InlineData("DeltaEdge:Gateway:RetryMaxBodyBytes", "4")]
    [InlineData("DeltaEdge:Gateway:RetryMaxBodyBytes", "0")]
    public async Task BodyIsTooLongToKeep_IsNotAskedAgain(string key, string value)
    {
        await using var gateway = await TestGateway.StartAsync((key, value));
        var (_, good, _) = await TwoAsync(gateway, HangUp);

        await AskAsync(gateway).RefusesAsync(502, "worker_unreachable");

        Assert.Empty(good.Requests);
    }

    [Fact]
    public async Task DeadlineIsOver_IsNotAskedAgain()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (_, good, _) = await TwoAsync(gateway, async context =>
        {
            var began = TimeProvider.System.GetTimestamp();
            await Wait.UntilAsync(() => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(2), () => "two milliseconds");
            context.Abort();
        });

        await AskAsync(gateway, (EdgeHeaders.DeadlineMs, "1")).RefusesAsync(502, "worker_unreachable");

        Assert.Empty(good.Requests);
        Assert.Contains("outcome=\"deadline_over\"", await gateway.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientHasGone_IsNotAskedAgain()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var leave = new CancellationTokenSource();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (_, good, _) = await TwoAsync(gateway, async context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            await leave.CancelAsync();
            await ended.Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gateway.Http.PostAsync("/v1/chat/completions", new StringContent(Body), leave.Token));
        await ended.Task.WaitAsync(Wait.Limit);

        Assert.Empty(good.Requests);
    }

    [Fact]
    public async Task WorkerDiesWithAsksInFlight_NoneFails()
    {
        const int Asks = 20;
        await using var gateway = await TestGateway.StartAsync();
        var (inFlight, die) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (_, good, _) = await TwoAsync(gateway, async context =>
        {
            if (Interlocked.Increment(ref inFlight) == Asks)
            {
                full.SetResult();
            }

            await die.Task;
            context.Abort();
        });
        var asks = Enumerable.Range(0, Asks).Select(_ => AskAsync(gateway, (EdgeHeaders.DeadlineMs, "600000"))).ToList();
        await full.Task.WaitAsync(Wait.Limit);

        die.SetResult();

        foreach (var ask in asks)
        {
            using var response = await ask;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(Asks, good.Requests.Length);
    }

    /// <summary>Two workers of which every ask goes to the first, since the second looks busy; and what bodies the second got.</summary>
    private static async Task<(FakeWorker First, FakeWorker Second, List<string> Bodies)> TwoAsync(TestGateway gateway, RequestDelegate first)
    {
        var bodies = new List<string>();
        var bad = await gateway.AddWorkerAsync("bad");
        var good = await gateway.AddWorkerAsync("good", backlogSeconds: 1000);
        bad.Respond = first;
        good.Respond = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            lock (bodies)
            {
                bodies.Add(body);
            }

            await context.Response.WriteAsJsonAsync(new { worker = "good" });
        };
        return (bad, good, bodies);
    }

    private static async Task<HttpResponseMessage> AskAsync(TestGateway gateway, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
