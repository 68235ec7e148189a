using System.Net;
using System.Net.Sockets;
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
    public async Task BodyThatComesSlowly_CostsItsDeadline()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (first, _, _) = await TwoAsync(gateway, context => context.Response.WriteAsync("{}"));
        var spent = TimeSpan.Zero;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new SlowContent(Body, took => spent = took) };
        request.Headers.ExpectContinue = true; // Answered when the gateway begins to read, so the time that is lost is the body's.

        using var response = await gateway.Http.SendAsync(request);

        var told = int.Parse(Assert.Single(first.Requests).Headers[EdgeHeaders.ElapsedMs], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(told >= spent.TotalMilliseconds, $"The body took {spent.TotalMilliseconds} ms; the worker was told {told}.");
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

    [Fact]
    public async Task BodyOfUnknownLength_IsKeptAsWell()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (bad, good, bodies) = await TwoAsync(gateway, HangUp);

        using var response = await AskInChunksAsync(gateway, Body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("chunked", Assert.Single(bad.Requests).Headers["transfer-encoding"]);
        Assert.Equal(Body, Assert.Single(bodies));
        Assert.Single(good.Requests);
    }

    [Fact]
    public async Task BodyOfUnknownLengthIsTooLongToKeep_ArrivesWholeAtTheFirst()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:RetryMaxBodyBytes", "100000"));
        var (bad, _, bodies) = await TwoAsync(gateway, HangUp);
        var whole = new string('x', 3_000_000);
        bad.Respond = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Add(await reader.ReadToEndAsync());
        };

        using var response = await AskInChunksAsync(gateway, whole);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(whole, Assert.Single(bodies));
    }

    [Theory]
    [InlineData("RetryMaxBodyBytes", "4", false)]
    [InlineData("RetryMaxBodyBytes", "4", true)]
    [InlineData("RetryMaxBodyBytes", "0", false)]
    [InlineData("RetryMaxKeptBytes", "4", false)]
    [InlineData("RetryMaxKeptBytes", "4", true)]
    public async Task BodyIsTooLongToKeep_IsNotAskedAgain(string option, string most, bool inChunks)
    {
        await using var gateway = await TestGateway.StartAsync(($"DeltaEdge:Gateway:{option}", most));
        var (_, good, _) = await TwoAsync(gateway, HangUp);

        await (inChunks ? AskInChunksAsync(gateway, Body) : AskAsync(gateway)).RefusesAsync(502, "worker_unreachable");

        Assert.Empty(good.Requests);
    }

    [Fact]
    public async Task OthersTakeAllMemoryForBodies_IsNotAskedAgainUntilTheyEnd()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:RetryMaxKeptBytes", "40"));
        var (arrived, go) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var (bad, good, _) = await TwoAsync(gateway, async context =>
        {
            arrived.SetResult();
            await go.Task;
        });
        var first = AskAsync(gateway);
        await arrived.Task.WaitAsync(Wait.Limit);
        bad.Respond = HangUp;
        await gateway.ReportAsync("bad", bad.Address); // What it is given counts against it until it reports again.

        await AskAsync(gateway).RefusesAsync(502, "worker_unreachable");

        Assert.Empty(good.Requests);
        Assert.Contains("outcome=\"body_not_kept\"} 1", await gateway.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        go.SetResult();
        Assert.True((await first).IsSuccessStatusCode);
        await Wait.UntilAsync(async () => (await AskAsync(gateway)).IsSuccessStatusCode, () => "memory for a body");
    }

    [Fact]
    public async Task BodyStopsAfterAFastBeginning_IsRefusedWhenItsTimeIsOver()
    {
        const int Begun = 500_000; // Long enough for its average to stay above the least rate for minutes.
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:RetryBodyTimeoutSeconds", "0.5"));
        var (bad, good, _) = await TwoAsync(gateway, HangUp);
        using var client = new TcpClient(gateway.Http.BaseAddress!.Host, gateway.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Begun + 1}\r\n\r\n" + new string(' ', Begun)));

        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync().WaitAsync(Wait.Limit, TimeProvider.System);

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("within 0.5 s", answer, StringComparison.Ordinal);
        Assert.Contains("\"request_timeout\"", answer, StringComparison.Ordinal);
        Assert.Empty(bad.Requests.Concat(good.Requests));
    }

    [Fact]
    public async Task BodyComesTooSlowly_IsRefused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (bad, good, _) = await TwoAsync(gateway, HangUp);
        using var client = new TcpClient(gateway.Http.BaseAddress!.Host, gateway.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray());

        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync().WaitAsync(Wait.Limit, TimeProvider.System);

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("\"request_timeout\"", answer, StringComparison.Ordinal);
        Assert.Empty(bad.Requests.Concat(good.Requests));
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

    /// <summary>As clients do that write the body while they send it.</summary>
    private static async Task<HttpResponseMessage> AskInChunksAsync(TestGateway gateway, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = content, Headers = { TransferEncodingChunked = true } };
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A body whose second half follows its first after a while.</summary>
    private sealed class SlowContent(string body, Action<TimeSpan> took) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var began = TimeProvider.System.GetTimestamp();
            var bytes = Encoding.UTF8.GetBytes(body);
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            await Wait.UntilAsync(() => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(20), () => "twenty milliseconds");
            took(TimeProvider.System.GetElapsedTime(began));
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
