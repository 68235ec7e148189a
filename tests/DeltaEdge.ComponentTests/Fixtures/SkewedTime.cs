namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>A wall clock that is off; time passes as everywhere.</summary>
internal sealed class SkewedTime(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
