namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>A wall clock that a test steps, and time that it lets pass for whoever looks; timers run as everywhere.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _passed;
    private long _stepped;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _stepped) + Interlocked.Read(ref _passed));

    public override long GetTimestamp() => base.GetTimestamp() + (long)(new TimeSpan(Interlocked.Read(ref _passed)).TotalSeconds * TimestampFrequency);

    /// <summary>Only the wall clock jumps.</summary>
    public void Step(TimeSpan by) => Interlocked.Add(ref _stepped, by.Ticks);

    /// <summary>So much time has gone by.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);
}
