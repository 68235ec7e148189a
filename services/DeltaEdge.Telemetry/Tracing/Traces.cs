using System.Diagnostics;

namespace DeltaEdge.Telemetry.Tracing;

/// <summary>Where spans are made. Nothing is made, and nothing allocated, while nobody listens.</summary>
public static class Traces
{
    public static ActivitySource Source { get; } = new("DeltaEdge");
}
