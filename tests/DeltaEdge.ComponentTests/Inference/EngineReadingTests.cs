using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Pixels are made for those who are served, by others than the engine's thread.</summary>
public sealed class EngineReadingTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private static readonly ApiError Damaged = ApiError.Invalid("messages", "The JPEG image is damaged.", "invalid_image");

    [Fact]
    public async Task LateFrame_IsAnsweredAsOneThatWasThere()
    {
        await using var host = new EngineHarness(tiny);
        var there = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 36, 36)));
        var reads = 0;
        var late = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 36, 36) with { Frame = new VisionFrame(77, () => Count(ref reads, EngineHarness.Image(1))) }));
        Assert.Equal((AskStatus.OnTime, there.Text), (late.Status, late.Text));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task RefusedAndExpired_AreNeverRead()
    {
        await using var host = new EngineHarness(tiny, o => o.QueueLimit = 1);
        var (gate, held) = await host.HoldAsync();
        var reads = 0;
        var expires = host.Request(1, 0, 1, 1, dueMs: 1) with { Deadline = TimeSpan.Zero };
        Assert.Equal(AskStatus.Expired, (await EngineHarness.End(host.AskAsync(Late(expires)))).Status);
        var waiting = host.AskAsync(host.Request(2, 0, 1, 1));
        Assert.Equal(AskStatus.Overloaded, (await EngineHarness.End(host.AskAsync(Late(host.Request(3, 0, 1, 1))))).Status);
        gate.Set();
        await EngineHarness.End(held);
        await EngineHarness.End(waiting);
        Assert.Equal(0, reads);

        AskRequest Late(AskRequest request) => request with { Frame = new VisionFrame(request.Frame.Key, () => Count(ref reads, EngineHarness.Image(1))) };
    }

    [Fact]
    public async Task EncodedFrame_IsNotReadAgain()
    {
        await using var host = new EngineHarness(tiny);
        await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 1)));
        var reads = 0;
        var again = await EngineHarness.End(host.AskAsync(host.Request(1, 1, 1, 1) with { Frame = new VisionFrame(1, () => Count(ref reads, EngineHarness.Image(1))) }));
        Assert.Equal((AskStatus.OnTime, 0), (again.Status, reads));
    }

    [Fact]
    public async Task Unreadable_IsTheCallersFault()
    {
        await using var host = new EngineHarness(tiny);
        for (var i = 1; i <= host.Options.UnhealthyAfter; i++)
        {
            var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 1) with { Frame = new VisionFrame((UInt128)i, () => Damaged) }));
            Assert.Equal((AskStatus.Unreadable, Damaged), (outcome.Status, outcome.Refusal));
        }

        Assert.False(host.Engine.Status.Unhealthy);
        Assert.Equal((0, 0), (host.Engine.Status.QueueDepth, host.Engine.Frames.Count));
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(host.AskAsync(host.Request(9, 0, 1, 1)))).Status);
    }

    [Fact]
    public async Task ReadingThatThrows_FailsItsAskAlone()
    {
        await using var host = new EngineHarness(tiny);
        var broken = host.AskAsync(host.Request(1, 0, 1, 1) with { Frame = new VisionFrame(1, () => throw new InvalidOperationException("A codec's fault.")) });
        var sound = host.AskAsync(host.Request(2, 0, 1, 1));
        Assert.Equal(AskStatus.Failed, (await EngineHarness.End(broken)).Status);
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(sound)).Status);
    }

    [Fact]
    public async Task FrameThatTakesLong_HoldsUpNobodyElse()
    {
        await using var host = new EngineHarness(tiny);
        using var begun = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var slow = host.AskAsync(host.Request(1, 0, 1, 1, dueMs: 50_000) with
        {
            Frame = new VisionFrame(1, () =>
            {
                begun.Set();
                go.Wait(EngineHarness.Patience);
                return EngineHarness.Image(1);
            }),
        });
        Assert.True(begun.Wait(EngineHarness.Patience));
        for (var frame = 2; frame < 6; frame++)
        {
            var key = (UInt128)frame;
            var seed = frame;
            var other = host.Request(frame, 0, 1, 1) with { Frame = new VisionFrame(key, () => EngineHarness.Image(seed)) };
            Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(host.AskAsync(other))).Status);
        }

        Assert.False(slow.IsCompleted);
        go.Set();
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(slow)).Status);
    }

    [Fact]
    public async Task FrameThatNeverComes_ExpiresAtItsDeadline()
    {
        await using var host = new EngineHarness(tiny);
        using var go = new ManualResetEventSlim();
        var outcome = await EngineHarness.End(host.AskAsync(Held(host.Request(1, 0, 1, 1, dueMs: 200), go)));
        Assert.Equal((AskStatus.Expired, 0), (outcome.Status, host.Engine.Status.QueueDepth));
        go.Set();
    }

    [Fact]
    public async Task DisposedWithTimeToDrain_WaitsForPixels()
    {
        var host = new EngineHarness(tiny, o => o.DrainMs = 30_000);
        using var go = new ManualResetEventSlim();
        var ask = host.AskAsync(Held(host.Request(1, 0, 1, 1), go));
        var disposal = host.DisposeAsync().AsTask();
        go.Set();
        await disposal.WaitAsync(EngineHarness.Patience);
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(ask)).Status);
    }

    [Fact]
    public async Task DisposedWhilePixelsNeverCome_StopsWhenItsTimeIsUp()
    {
        var host = new EngineHarness(tiny, o => o.DrainMs = 200);
        using var go = new ManualResetEventSlim();
        var ask = host.AskAsync(Held(host.Request(1, 0, 1, 1), go));
        await host.DisposeAsync();
        Assert.Equal(AskStatus.Failed, (await EngineHarness.End(ask)).Status);
        go.Set();
    }

    [Fact]
    public async Task DisposedWhileItsLastAskIsCancelled_StopsAtOnce()
    {
        var host = new EngineHarness(tiny, o => o.DrainMs = 600_000);
        using var go = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        var ask = host.AskAsync(Held(host.Request(1, 0, 1, 1), go), cancel.Token);
        var disposal = host.DisposeAsync().AsTask();
        await cancel.CancelAsync();
        await disposal.WaitAsync(EngineHarness.Patience);
        Assert.Equal(AskStatus.Cancelled, (await EngineHarness.End(ask)).Status);
        go.Set();
    }

    /// <summary>The request with pixels that come when <paramref name="go"/> is set.</summary>
    private static AskRequest Held(AskRequest request, ManualResetEventSlim go) => request with
    {
        Frame = new VisionFrame(request.Frame.Key, () =>
        {
            go.Wait(2 * EngineHarness.Patience); // Longer than a test waits for what does not wait for this.
            return EngineHarness.Image(1);
        }),
    };

    private static Result<RgbImage> Count(ref int reads, RgbImage image)
    {
        Interlocked.Increment(ref reads);
        return image;
    }
}
