using System.Net.Sockets;
using System.Text;
using DeltaEdge.ComponentTests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class HealthTests
{
    [Fact]
    public async Task WorkerKeepsFailing_ItIsLeftAlone()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:FailureMinRequests", "3"), ("DeltaEdge:Gateway:ReactivationSeconds", "3600"));
        var failing = await gateway.AddWorkerAsync("failing");
        await gateway.AddWorkerAsync("well", backlogSeconds: 9);
        failing.Respond = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        // The first three are sent to it, and answered by the other on a second attempt.
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal("well", await gateway.AskedWorkerAsync());
        }

        Assert.Equal(3, failing.Requests.Length);
    }

    [Fact]
    public async Task SocketsEndInResets_TheWorkerStaysOnTheList()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:FailureMinRequests", "2"), ("DeltaEdge:Gateway:ReactivationSeconds", "3600"));
        var worker = await gateway.AddWorkerAsync("w1");
        await gateway.OwnAsync("cam", "w1");
        var answer = worker.Respond;
        worker.Respond = async context =>
        {
            var socket = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
            await socket.ReadExactlyAsync(new byte[1]);
            context.Abort();
        };

        for (var i = 0; i < 6; i++)
        {
            Assert.StartsWith("HTTP/1.1 101 ", await RawSocketAsync(gateway.Http.BaseAddress!, "/v1/streams/cam/frames"), StringComparison.Ordinal);
        }

        worker.Respond = answer;
        Assert.Equal("w1", await gateway.AskedWorkerAsync());
    }

    /// <summary>Opens a socket, sends a byte once it is open, and reads until it ends.</summary>
    private static async Task<string> RawSocketAsync(Uri gateway, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {gateway.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var read = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
            {
                read.Append(Encoding.ASCII.GetString(buffer, 0, count));
                await stream.WriteAsync(buffer.AsMemory(0, 1));
            }
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }

        return read.ToString();
    }

    [Fact]
    public async Task WorkerRefusesOften_IsNoTransportFailure()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:FailureMinRequests", "2"));
        var worker = await gateway.AddWorkerAsync("w1");
        worker.Respond = context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync("{}");
        };

        for (var i = 0; i < 6; i++)
        {
            using var response = await gateway.AskAsync();
            Assert.Equal(400, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task WorkerIsLeftAloneLongEnough_ItIsTriedAgain()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:FailureMinRequests", "1"), ("DeltaEdge:Gateway:ReactivationSeconds", "0.2"));
        var worker = await gateway.AddWorkerAsync("w1");
        var answer = worker.Respond;
        worker.Respond = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await gateway.AskAsync().RefusesAsync(502, "worker_unreachable");
        worker.Respond = answer;

        await Wait.UntilAsync(async () =>
        {
            using var response = await gateway.AskAsync();
            return response.IsSuccessStatusCode;
        }, () => "the worker is tried again");
    }

    [Fact]
    public async Task WorkerSaysItIsNotReady_ProbesTakeItOut()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:ProbeIntervalMs", "50"), ("DeltaEdge:Gateway:ProbeTimeoutMs", "50"), ("DeltaEdge:Gateway:ProbeFailures", "1"));
        var worker = await gateway.AddWorkerAsync("w1");
        worker.ProbeStatus = 503;

        await Wait.UntilAsync(async () =>
        {
            using var response = await gateway.AskAsync();
            return (int)response.StatusCode == 503;
        }, () => "the worker is out");

        worker.ProbeStatus = 200;
        await Wait.UntilAsync(async () =>
        {
            using var response = await gateway.AskAsync();
            return response.IsSuccessStatusCode;
        }, () => "the worker is back");
    }

    [Fact]
    public async Task GatewayItself_IsReady()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Contains("ready", await gateway.Http.GetStringAsync("/healthz/ready"), StringComparison.Ordinal);
        Assert.Contains("live", await gateway.Http.GetStringAsync("/healthz/live"), StringComparison.Ordinal);
    }
}
