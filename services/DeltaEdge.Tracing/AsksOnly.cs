using System.Diagnostics;
using DeltaEdge.Telemetry.Tracing;
using OpenTelemetry;

namespace DeltaEdge.Tracing;

/// <summary>Of HTTP requests, lets those through that ask something: health probes, metrics and heartbeats would drown them.</summary>
internal sealed class AsksOnly : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != Traces.Source.Name && data.GetTagItem(AskRequests.IsAsk) is not true)
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
