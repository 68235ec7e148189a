using System.Net;
using System.Net.Sockets;
using System.Text;
using DeltaEdge.ComponentTests.Gateway;
using DeltaEdge.ComponentTests.Worker.Swapping;

namespace DeltaEdge.ComponentTests.Worker;

/// <summary>What bodies of requests in flight hold is bounded, all together.</summary>
public sealed class BodyMemoryTests
{
    private const int All = 1 << 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoneIsLeft_RefusesUntilAnotherHasEnded(bool inChunks)
    {
        await using var worker = await SwapWorker.StartAsync(mayChange: false, ("DeltaEdge:Worker:MaxBodyBytes", $"{All}"), ("DeltaEdge:Worker:MaxBodyBytesInFlight", $"{All}"));
        using (var other = new TcpClient(worker.Http.BaseAddress!.Host, worker.Http.BaseAddress.Port))
        {
            await other.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: {All}\r\n\r\n{{"));
            await HeldAsync(worker, All);

            using var refused = await PostAsync(worker, inChunks);

            Assert.Equal("1", refused.Headers.GetValues("retry-after").Single());
            var error = await Task.FromResult(refused).RefusesAsync(503, "server_overloaded");
            Assert.Contains("DeltaEdge:Worker:MaxBodyBytesInFlight", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        await HeldAsync(worker, 0);
        Assert.Equal((HttpStatusCode.OK, "first"), await worker.AskAsync());
        await HeldAsync(worker, 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LongerThanAllowed_IsTooLargeAndHoldsNothing(bool inChunks)
    {
        await using var worker = await SwapWorker.StartAsync(mayChange: false, ("DeltaEdge:Worker:MaxBodyBytes", "1024"));

        await Task.FromResult(await PostAsync(worker, inChunks)).RefusesAsync(413, "request_too_large");

        await HeldAsync(worker, 0);
    }

    private static Task HeldAsync(SwapWorker worker, int bytes) => Wait.UntilAsync(
        async () => (await worker.MetricsAsync()).Contains($"deltaedge_bodies_in_flight_bytes {bytes}\n", StringComparison.Ordinal), () => $"bodies to hold {bytes} bytes");

    private static async Task<HttpResponseMessage> PostAsync(SwapWorker worker, bool inChunks)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(new string(' ', 2000) + "{}", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = inChunks;
        return await worker.Http.SendAsync(request);
    }
}
