using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Push;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Frames that clients send, up to the sink.</summary>
public sealed class PushTests : IDisposable
{
    private readonly ClipFolder _folder = new();

    [Fact]
    public async Task PushedFrame_IsAskedAboutUnderItsNumberWithItsAge()
    {
        await using var host = new StreamsHost(_folder.Root);
        var camera = host.Add(StreamsHost.Spec("push", "push:"));
        var receipt = await host.Push.PushAsync(camera, ImageFiles.Grey(50), host.Clock.Now - TimeSpan.FromSeconds(3), host.Patience);
        var frame = await host.NextFrameAsync("push");
        Assert.Equal((null, 0L, 0L, 50), (receipt.Error, receipt.FrameIndex, frame.Index, ImageFiles.LevelIn(frame.Image.Pixels)));
        Assert.True(host.Clock.Now - frame.CapturedAt >= TimeSpan.FromSeconds(3));
        await host.WaitForAsync(camera, StreamState.Running);
    }

    [Fact]
    public async Task FrameRightAfterCreation_WaitsForTheStreamToOpen()
    {
        await using var host = new StreamsHost(_folder.Root);
        for (var i = 0; i < 20; i++)
        {
            var camera = host.Add(StreamsHost.Spec($"new-{i}", "push:"));
            Assert.Null((await host.Push.PushAsync(camera, ImageFiles.Grey(50), capturedAt: null, host.Patience)).Error);
        }
    }

    [Fact]
    public async Task BusySink_FramesReplaceEachOtherAndSayHowLongTheyWait()
    {
        await using var host = new StreamsHost(_folder.Root);
        var release = new TaskCompletionSource();
        host.Frames.Hold = release.Task;
        var camera = host.Add(StreamsHost.Spec("busy", "push:"));
        await host.Push.PushAsync(camera, ImageFiles.Grey(20), capturedAt: null, host.Patience);
        await host.NextFrameAsync("busy");

        // Ages spread the frames over the stream's grid, as time would.
        var waits = await host.Push.PushAsync(camera, ImageFiles.Grey(30), host.Clock.Now + TimeSpan.FromMilliseconds(200), host.Patience);
        var replaces = await host.Push.PushAsync(camera, ImageFiles.Grey(40), host.Clock.Now + TimeSpan.FromMilliseconds(400), host.Patience);
        Assert.Equal((false, true, 2L), (waits.HasReplaced, replaces.HasReplaced, replaces.FrameIndex));
        release.SetResult();
        Assert.Equal(40, ImageFiles.LevelIn((await host.NextFrameAsync("busy")).Image.Pixels));
    }

    [Fact]
    public async Task TooManyFrames_AreToldToComeBackLater()
    {
        await using var host = new StreamsHost(_folder.Root, o => o.MaxPushFps = 0.1);
        var camera = host.Add(StreamsHost.Spec("fast", "push:"));
        var receipts = new List<PushReceipt>();
        for (var i = 0; i < 8; i++)
        {
            receipts.Add(await host.Push.PushAsync(camera, ImageFiles.Grey(20), capturedAt: null, host.Patience));
        }

        Assert.Null(receipts[0].Error);
        Assert.Equal((429, "rate_limit_exceeded", 1), (receipts[^1].Error?.Status, receipts[^1].Error?.Code, receipts[^1].Error?.RetryAfterSeconds));
    }

    [Theory]
    [InlineData("not an image", 415)]
    [InlineData("", 400)]
    public async Task BadImage_IsRefusedAloneAndTheNextIsTaken(string content, int status)
    {
        await using var host = new StreamsHost(_folder.Root);
        var camera = host.Add(StreamsHost.Spec("bad", "push:"));
        Assert.Equal(status, (await host.Push.PushAsync(camera, System.Text.Encoding.ASCII.GetBytes(content), capturedAt: null, host.Patience)).Error?.Status);
        Assert.Null((await host.Push.PushAsync(camera, ImageFiles.Grey(60), capturedAt: null, host.Patience)).Error);
        Assert.Equal(60, ImageFiles.LevelIn((await host.NextFrameAsync("bad")).Image.Pixels));
    }

    [Fact]
    public async Task SilentClient_StallsTheStreamWithoutReconnects()
    {
        await using var host = new StreamsHost(_folder.Root, o => o.StallSeconds = 1);
        var camera = host.Add(StreamsHost.Spec("silent", "push:"));
        await host.Push.PushAsync(camera, ImageFiles.Grey(20), capturedAt: null, host.Patience);
        await host.WaitForAsync(camera, StreamState.Running);
        await host.WaitForAsync(camera, StreamState.Stalled);
        await host.Push.PushAsync(camera, ImageFiles.Grey(30), capturedAt: null, host.Patience);
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.Equal(0, camera.Reconnects);
    }

    [Fact]
    public async Task ClientOfARemovedStream_DoesNotFeedWhoTakesItsId()
    {
        await using var host = new StreamsHost(_folder.Root);
        var spec = StreamsHost.Spec("taken", "push:");
        var before = host.Add(spec);
        Assert.Null((await host.Push.PushAsync(before, ImageFiles.Grey(20), capturedAt: null, host.Patience)).Error);
        await host.NextFrameAsync("taken");
        await host.Registry.RemoveAsync("taken");
        var after = host.Add(spec);
        Assert.Null((await host.Push.PushAsync(after, ImageFiles.Grey(50), capturedAt: null, host.Patience)).Error);
        Assert.Equal(409, (await host.Push.PushAsync(before, ImageFiles.Grey(80), capturedAt: null, host.Patience)).Error?.Status);
        Assert.Equal(1, after.Frames.Captured);
    }

    [Fact]
    public async Task StreamThatTakesNoFrames_SaysSo()
    {
        await using var host = new StreamsHost(_folder.Root);
        var camera = host.Add(StreamsHost.Spec("paused", "push:"));
        camera.Pause();
        await host.WaitForAsync(camera, StreamState.Paused);
        var refused = await host.Push.PushAsync(camera, ImageFiles.Grey(20), capturedAt: null, host.Patience);
        Assert.Equal(409, refused.Error?.Status);
        Assert.Contains("paused", refused.Error!.Message, StringComparison.Ordinal);
        var synthetic = host.Add(StreamsHost.Spec("other", "synthetic:panel"));
        Assert.Equal(409, (await host.Push.PushAsync(synthetic, ImageFiles.Grey(20), capturedAt: null, host.Patience)).Error?.Status);
    }

    public void Dispose() => _folder.Dispose();
}
