using DeltaEdge.Telemetry;

namespace DeltaEdge.Cli.Monitoring;

/// <summary>A label that whoever looks can choose values of; all at first.</summary>
/// <param name="Label">Label's name, and the variable's.</param>
/// <param name="Metric">A metric that has all its values.</param>
internal sealed record DashboardVariable(string Label, string Metric)
{
    public static DashboardVariable Job { get; } = new("job", $"{{__name__=~\"{InstrumentNames.RequestsRunning}|{InstrumentNames.GatewayRequestsTotal}|{InstrumentNames.ControllerState}\"}}");

    public static DashboardVariable SlaClass { get; } = new(TagNames.SlaClass, InstrumentNames.FramesTotal);

    public static DashboardVariable Stream { get; } = new(TagNames.Stream, InstrumentNames.StreamState);
}
