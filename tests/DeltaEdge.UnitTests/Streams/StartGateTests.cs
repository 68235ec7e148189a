using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.UnitTests.Time;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>How many readers start at a time, on a clock that stands.</summary>
public sealed class StartGateTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Dictionary<int, TimeSpan> _used = []; // by process: its processor time
    private readonly StartGate _gate;

    public StartGateTests() => _gate = new StartGate(2, new MonotonicClock(_time), id => _used.TryGetValue(id, out var used) ? used : null);

    [Fact]
    public async Task PlaceGivenBack_GoesToWhoeverHasWaitedLongest()
    {
        var (first, second) = (await Enter(), await Enter());
        var (third, fourth) = (Enter(), Enter());
        Assert.False(third.IsCompleted || fourth.IsCompleted);

        second.Dispose();
        second.Dispose(); // Once more gives nothing more.
        await third;
        Assert.False(fourth.IsCompleted);
        first.Dispose();
        await fourth;
    }

    [Fact]
    public async Task ReaderThatUsesTheProcessor_KeepsItsPlaceHoweverLongItTakes()
    {
        var (probed, slow) = (await Enter(), await Enter());
        var third = Enter();
        for (var look = 0; look < 20; look++)
        {
            Work(probed, process: look < 10 ? 1 : 2); // The probe, then the reader itself.
            Work(slow, process: 3);
            _time.Advance(StartGate.Look);
            Assert.False(third.IsCompleted);
        }

        probed.Dispose();
        await third;
    }

    [Fact]
    public async Task ReaderThatWaitsForItsCamera_LosesItsPlace()
    {
        var (dead, deaf) = (await Enter(), await Enter());
        var (third, fourth, fifth) = (Enter(), Enter(), Enter());
        Work(dead, process: 1);
        _time.Advance(StartGate.Look); // Nothing is known of the one: it looks up a name. The other has just begun.
        Work(await third, process: 2);
        Assert.False(fourth.IsCompleted);
        _time.Advance(StartGate.Look);
        await fourth;

        dead.Dispose(); // Late: the places are others' now.
        deaf.Dispose();
        Assert.False(fifth.IsCompleted);
    }

    [Fact]
    public async Task OneThatGivesUpWaiting_TakesNoPlace()
    {
        var (first, _) = (await Enter(), await Enter());
        using var leaves = new CancellationTokenSource();
        var left = _gate.EnterAsync(leaves.Token).AsTask();
        var stays = Enter();
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        first.Dispose();
        await stays;
    }

    private void Work(StartGate.Place place, int process)
    {
        place.Follow(process);
        _used[process] = _used.GetValueOrDefault(process) + StartGate.Busy;
    }

    private Task<StartGate.Place> Enter() => _gate.EnterAsync(TestContext.Current.CancellationToken).AsTask();
}
