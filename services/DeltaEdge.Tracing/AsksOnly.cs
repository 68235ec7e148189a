using System.Diagnostics;
using DeltaEdge.Telemetry.Tracing;
using OpenTelemetry;

namespace DeltaEdge.Tracing;

/// <summary>Of HTTP requests, lets those through that ask something: health probes, metrics and heartbeats would drown them.</summary>
internal sealed class AsksOnly : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != Traces.Source.Name && !IsAsk(data) && !IsForwarded(data))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    private static bool IsAsk(Activity span) => span.GetTagItem(AskRequests.IsAsk) is true;

    /// <summary>The gateway's own request to a worker, between the two hosts' spans.</summary>
    private static bool IsForwarded(Activity span) => span is { Kind: ActivityKind.Client, Parent: { } request } && IsAsk(request);
}
