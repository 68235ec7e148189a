using DeltaEdge.ComponentTests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class StreamingTests
{
    [Fact]
    public async Task WorkerSendsEvents_EachArrivesBeforeTheResponseEnds()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        var read = new SemaphoreSlim(0);
        worker.Respond = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (var id = 1; id <= 3; id++)
            {
                await context.Response.WriteAsync($"id: {id}\n\n");
                await context.Response.Body.FlushAsync();
                // The next event is not even made before the client has the last one.
                Assert.True(await read.WaitAsync(Wait.Limit));
            }
        };

        using var response = await gateway.Http.SendAsync(new(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("{}") }, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        for (var id = 1; id <= 3; id++)
        {
            Assert.Equal($"id: {id}", await reader.ReadLineAsync().WaitAsync(Wait.Limit, TimeProvider.System));
            Assert.Equal("", await reader.ReadLineAsync().WaitAsync(Wait.Limit, TimeProvider.System));
            read.Release();
        }

        Assert.Null(await reader.ReadLineAsync());
    }

    [Fact]
    public async Task ClientLeaves_WorkerIsToldAtOnce()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Respond = async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            arrived.SetResult();
            await aborted.Task;
        };

        using var leaving = new CancellationTokenSource();
        var ask = gateway.Http.PostAsync("/v1/chat/completions", new StringContent("{}"), leaving.Token);
        await arrived.Task.WaitAsync(Wait.Limit, TimeProvider.System);
        await leaving.CancelAsync();

        await aborted.Task.WaitAsync(Wait.Limit, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);
    }

    [Fact]
    public async Task WorkerBreaksOffInTheMiddle_ClientSeesABrokenResponse()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Respond = async context =>
        {
            await context.Response.WriteAsync("data: half");
            await context.Response.Body.FlushAsync();
            await read.Task;
            context.Abort();
        };

        using var response = await gateway.Http.SendAsync(new(HttpMethod.Get, "/v1/models"), HttpCompletionOption.ResponseHeadersRead);
        using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte["data: half".Length]);
        read.SetResult();

        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null));
    }
}
