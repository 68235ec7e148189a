using DeltaEdge.Streams.Ffmpeg;
using DeltaEdge.UnitTests.Time;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>Children that end, linger, or do not die.</summary>
public sealed class ChildEndTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource _exit = new();
    private int _kills;

    [Fact]
    public async Task ChildThatEnds_IsNotKilled()
    {
        var waiting = ChildEnd.WaitAsync(_exit.Task, _exit.Task, () => _kills++, _time);
        _exit.SetResult();

        Assert.True(await waiting);
        Assert.Equal(0, _kills);
    }

    [Fact]
    public async Task ChildThatLingers_IsKilledAndItsOwnChildrenAreNotWaitedFor()
    {
        var silence = new TaskCompletionSource();
        var waiting = ChildEnd.WaitAsync(_exit.Task, silence.Task, () => { _kills++; _exit.SetResult(); }, _time);

        _time.Advance(ChildEnd.Patience);

        Assert.True(await waiting);
        Assert.Equal(1, _kills);
    }

    [Fact]
    public async Task ChildThatDoesNotDie_IsLeftAlone()
    {
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = ChildEnd.WaitAsync(_exit.Task, _exit.Task, () => { _kills++; killed.SetResult(); }, _time);
        _time.Advance(ChildEnd.Patience);
        await killed.Task.WaitAsync(Wait.Limit, TimeProvider.System);
        await Wait.UntilAsync(() => _time.ArmedTimers > 0, () => "the second wait");

        _time.Advance(ChildEnd.Patience);

        Assert.False(await waiting);
        Assert.Equal(1, _kills);
    }
}
