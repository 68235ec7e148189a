namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Time that passes only as a test says.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Added whenever somebody looks, for tests that need time to pass inside a run.</summary>
    public TimeSpan PerReading { get; set; }

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, PerReading.Ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
