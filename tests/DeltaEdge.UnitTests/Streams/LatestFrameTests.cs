using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Pacing;

namespace DeltaEdge.UnitTests.Streams;

public sealed class LatestFrameTests
{
    private readonly LatestFrame _latest = new(side: 2);
    private byte[] _buffer = new byte[12];
    private long _index;

    [Fact]
    public async Task TakerThatComesLate_GetsTheNewestAndTheOthersCountAsDropped()
    {
        Publish(1, isDue: true);
        Publish(2, isDue: true);
        Publish(3, isDue: false);
        var frame = await _latest.TakeAsync(CancellationToken.None);
        Assert.Equal((3, 2L, 1L), (frame.Image.Pixels[0], frame.Index, _latest.Dropped));
    }

    [Fact]
    public async Task TakerThatWaits_GetsTheNextDueFrame()
    {
        Publish(1, isDue: false);
        var taken = _latest.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(taken.IsCompleted);
        Publish(2, isDue: true);
        Assert.Equal(2, (await taken).Image.Pixels[0]);
    }

    [Fact]
    public void TakenFrame_IsNotOverwrittenByLaterOnes()
    {
        Publish(1, isDue: false);
        var frame = _latest.Peek()!;
        Publish(2, isDue: false);
        Publish(3, isDue: false);
        Assert.Equal(1, frame.Image.Pixels[0]);
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        Publish(1, isDue: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Publish(2, isDue: true);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void NothingYet_PeeksNull() => Assert.Null(_latest.Peek());

    [Fact]
    public void DroppedClaim_IsCounted()
    {
        Publish(1, isDue: true);
        _latest.DropClaim();
        Assert.Equal(1, _latest.Dropped);
        Assert.False(_latest.TakeAsync(CancellationToken.None).AsTask().IsCompleted);
    }

    private void Publish(byte value, bool isDue)
    {
        _buffer.AsSpan().Fill(value);
        _buffer = _latest.Publish(_buffer, _index++, new FrameStamp(_index, TimeSpan.FromSeconds(_index), default), isDue);
    }
}
