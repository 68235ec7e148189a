namespace DeltaEdge.Evaluation.Simulation.Reporting;

/// <summary>Time that stands where it was put.</summary>
internal sealed class SettableTime : TimeProvider
{
    /// <summary>Since the run began.</summary>
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
