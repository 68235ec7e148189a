using System.Diagnostics;
using DeltaEdge.Core.Time;
using DeltaEdge.Telemetry.Tracing;

namespace DeltaEdge.Worker.Tracing;

/// <summary>Puts times of the process's monotonic scale on the wall clock, all by one reading of both: what adds up there adds up here.</summary>
internal readonly struct SpanTimes(MonotonicClock clock)
{
    private readonly DateTimeOffset _origin = clock.Provider.GetUtcNow() - clock.Now;

    public DateTimeOffset Wall(TimeSpan at) => _origin + at;

    /// <summary>Adds a span that is over.</summary>
    public void Add(ActivityContext parent, string name, TimeSpan from, TimeSpan to)
    {
        using var span = Traces.Source.StartActivity(name, ActivityKind.Internal, parent, startTime: Wall(from));
        span?.SetEndTime(Wall(to).UtcDateTime);
    }
}
