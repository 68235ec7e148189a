using System.Net;
using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Http;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("GET", "/nowhere", 404, "unknown_route")]
    [InlineData("GET", "/v1/nowhere", 404, "unknown_route")]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("DELETE", "/v1/streams", 405, "method_not_allowed")]
    [InlineData("POST", "/v1/status", 405, "method_not_allowed")]
    public async Task RouteOrMethodIsWrong_IsSaid(string method, string target, int status, string code)
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.AddWorkerAsync("w1");

        await gateway.Http.SendAsync(new HttpRequestMessage(new(method), target)).RefusesAsync(status, code);
    }

    [Fact]
    public async Task BodySaysItIsTooLong_WorkerNeverSeesIt()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:MaxBodyBytes", "2048"));
        var worker = await gateway.AddWorkerAsync("w1");

        var error = await gateway.Http.PostAsync("/v1/chat/completions", new ByteArrayContent(new byte[2049])).RefusesAsync(413, "request_too_large");

        Assert.Contains("2048", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(worker.Requests);
    }

    [Fact]
    public async Task ChunkedBodyTurnsOutTooLong_IsRefusedToo()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:MaxBodyBytes", "2048"));
        var worker = await gateway.AddWorkerAsync("w1");
        worker.Respond = context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new ByteArrayContent(new byte[100_000]), Headers = { TransferEncodingChunked = true } };

        await gateway.Http.SendAsync(request).RefusesAsync(413, "request_too_large");
    }

    [Fact]
    public async Task BodyIsJustShortEnough_Passes()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:MaxBodyBytes", "2048"));
        await gateway.AddWorkerAsync("w1");

        using var response = await gateway.Http.PostAsync("/v1/chat/completions", new ByteArrayContent(new byte[2048]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task WorkerIsGone_Unreachable()
    {
        await using var gateway = await TestGateway.StartAsync();
        await (await gateway.AddWorkerAsync("w1")).DisposeAsync();

        await gateway.AskAsync().RefusesAsync(502, "worker_unreachable");
    }

    [Fact]
    public async Task WorkerHangsUpWithoutAWord_Unreachable()
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.AddWorkerAsync("w1")).Respond = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await gateway.AskAsync().RefusesAsync(502, "worker_unreachable");
    }

    [Fact]
    public async Task WorkerIsSilent_TimesOut()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:ActivityTimeoutSeconds", "0.3"));
        (await gateway.AddWorkerAsync("w1")).Respond = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

        await gateway.AskAsync().RefusesAsync(504, "worker_timeout");
    }

    [Fact]
    public async Task WorkerRefuses_ItsOwnWordsPass()
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.AddWorkerAsync("w1")).Respond = context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsJsonAsync(new { error = new { message = "Full.", type = "server_error", param = (string?)null, code = "server_overloaded" } });
        };

        using var response = await gateway.AskAsync();
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        await gateway.AskAsync().RefusesAsync(503, "server_overloaded");
    }

    /// <summary>OpenAI's clients ask twice more after any 5xx that does not say no; a deadline that has passed stays passed.</summary>
    [Fact]
    public async Task DeadlineHasPassed_ClientsAreToldNotToAskAgain()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        worker.Respond = context => ApiErrorResponses.WriteAsync(context, ApiError.DeadlineExceeded("No answer within 500 ms."));
        using var expired = await gateway.AskAsync();
        worker.Respond = context => ApiErrorResponses.WriteAsync(context, ApiError.Overloaded(7, "Full."));
        using var full = await gateway.AskAsync();

        Assert.Equal("false", expired.Headers.GetValues("x-should-retry").Single());
        Assert.False(full.Headers.Contains("x-should-retry"));
    }
}
