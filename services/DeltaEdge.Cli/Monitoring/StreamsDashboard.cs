using static DeltaEdge.Cli.Monitoring.Promql;
using static DeltaEdge.Telemetry.InstrumentNames;

namespace DeltaEdge.Cli.Monitoring;

/// <summary>Which cameras are there, and do they move?</summary>
internal static class StreamsDashboard
{
    private const string Stream = "stream=~\"$stream\"";

    public static Dashboard Create() => new("streams", "DeltaEdge: streams", "Which cameras are there, and do they deliver?", [DashboardVariable.Stream],
    [
        new("Streams by state", "short", "Stalled, reconnecting and failed want a look; paused and ended are somebody's wish.",
            (Sum("state", StreamState, Stream), "{{state}}")),
        new("Running", "short", "1 while a stream runs.",
            (Max("stream", StreamState, Stream, "state=\"running\""), "{{stream}}")),
        new("Age of the newest frame", "s", "A healthy camera's is far below a second.",
            (Max("stream", StreamLastFrameAgeSeconds, Stream), "{{stream}}")),
        new("Reconnects", "ops", "Times that a source was opened again.",
            (Rate("stream", StreamReconnectsTotal, Stream), "{{stream}}")),
        new("Frames that arrive", "short", "Frames per second that the source delivers.",
            (Max("stream", StreamFps, Stream, "kind=\"source\""), "{{stream}}")),
        new("Frames that are asked about", "short", "Frames per second; less than wanted when answers take longer than a frame lasts.",
            (Max("stream", StreamFps, Stream, "kind=\"processed\""), "{{stream}}")),
    ]);
}
