using System.Net;
using System.Net.Sockets;
using DeltaEdge.Core.Streams;
using Microsoft.AspNetCore.Builder;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Cameras that do their worst, beside others that do not notice.</summary>
public sealed class PoisonedCameraTests : IAsyncLifetime
{
    private const int Copies = 4;
    private const int HealthyFrames = 40;

    private readonly ClipFolder _clips = new();
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
    private WebApplication? _web;

    public async ValueTask InitializeAsync()
    {
        _clips.Numbered("whole.mp4", 30, 20);

        // Connections are taken by the kernel's backlog; nobody ever answers.
        _silent.Start(backlog: 64);
        _web = await LocalWeb.StartAsync(app =>
        {
            app.MapGet("/noise", async context =>
            {
                var noise = new byte[64 * 1024];
                while (true)
                {
                    Random.Shared.NextBytes(noise);
                    await context.Response.Body.WriteAsync(noise, context.RequestAborted);
                }
            });
            app.MapGet("/drip", async context =>
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, context.RequestAborted);
                }
            });
        });
    }

    [Fact]
    public async Task HealthyNeighbours_KeepTheirFramesAndNeverReconnect()
    {
        await using var host = new StreamsHost(_clips.Root, o => (o.ConnectTimeoutSeconds, o.StallSeconds) = (3, 20));
        var port = ((IPEndPoint)_silent.LocalEndpoint).Port;
        string[] poison =
        [
            $"{_web!.Urls.First()}/noise", $"{_web.Urls.First()}/drip", $"snapshot+{_web.Urls.First()}/drip", $"rtsp://127.0.0.1:{port}/live",
            $"http://127.0.0.1:{port}/live", $"snapshot+http://127.0.0.1:{port}/still.jpg", "http://no-such-host.invalid/live",
        ];
        var healthy = Enumerable.Range(0, 4).Select(i => host.Add(StreamsHost.Spec($"good-{i}", i == 0 ? _clips.PathOf("whole.mp4") : $"synthetic:carpark?seed={i}"))).ToList();
        await Task.WhenAll(healthy.Select(c => host.WaitForAsync(c, StreamState.Running)));
        var starts = healthy.ToDictionary(c => c, c => c.Reconnects); // On a busy machine a first start may take longer than it has here.
        var poisoned = poison.SelectMany((source, i) => Enumerable.Range(0, Copies).Select(copy => host.Add(StreamsHost.Spec($"bad-{i}-{copy}", source)))).ToList();
        await Task.WhenAll(poisoned.Select(c => c.WaitForStateAsync(s => s is StreamState.Stalled or StreamState.Reconnecting or StreamState.Failed, host.Patience)));
        var before = healthy.Select(c => c.Status.Frames.Captured).ToList();
        await Wait.UntilAsync(
            () => healthy.Zip(before).All(c => c.First.Status.Frames.Captured >= c.Second + HealthyFrames),
            () => $"{HealthyFrames} more frames of each healthy stream; they have {string.Join(' ', healthy.Zip(before).Select(c => c.First.Status.Frames.Captured - c.Second))}");
        Assert.All(healthy, c => Assert.Equal((StreamState.Running, starts[c]), (c.State, c.Reconnects)));
        Assert.All(poisoned, c => Assert.Equal(0, c.Status.Frames.Captured));
    }

    [Fact]
    public async Task ReaderThatWantsMoreMemoryThanItMay_IsEndedAndTriedAgain()
    {
        var clip = _clips.White("large.mp4", 4096, 4096);
        await using var host = new StreamsHost(_clips.Root, o => (o.ReaderMemoryMb, o.ConnectTimeoutSeconds) = (64, 3));
        var camera = host.Add(StreamsHost.Spec("large", clip));
        await camera.WaitForStateAsync(s => s is StreamState.Stalled or StreamState.Reconnecting or StreamState.Failed, host.Patience);
        Assert.Equal(0, camera.Status.Frames.Captured);
    }

    public async ValueTask DisposeAsync()
    {
        await (_web?.DisposeAsync() ?? ValueTask.CompletedTask);
        _silent.Dispose();
        _clips.Dispose();
    }
}
