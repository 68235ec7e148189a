using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace DeltaEdge.Gateway.Metrics;

/// <summary>The gateway's instruments.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _retries;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(InstrumentNames.Meter);
        _requests = meter.CreateCounter<long>(InstrumentNames.GatewayRequestsTotal, "{request}", "Requests by route and status; 499 is a client that left.");
        _duration = meter.CreateHistogram<double>(InstrumentNames.GatewayRequestSeconds, "s", "From a request's arrival to the last byte of its response, by route; an event stream counts as long as it was read.");
        _failures = meter.CreateCounter<long>(InstrumentNames.GatewayForwarderErrorsTotal, "{request}", "Requests that could not be forwarded, by what went wrong.");
        _retries = meter.CreateCounter<long>(InstrumentNames.GatewayRetriesTotal, "{request}", "Asks whose worker failed before its answer began, by what became of them.");
    }

    public void Retried(string outcome) => _retries.Add(1, new KeyValuePair<string, object?>(TagNames.Outcome, outcome));

    public void RequestEnded(string route, int status, double seconds)
    {
        _requests.Add(1, new KeyValuePair<string, object?>(TagNames.Route, route), new(TagNames.Status, status));
        _duration.Record(seconds, new KeyValuePair<string, object?>(TagNames.Route, route));
    }

    public void ForwardingFailed(ForwarderError error) => _failures.Add(1, new KeyValuePair<string, object?>(TagNames.Error, error.ToString()));
}
