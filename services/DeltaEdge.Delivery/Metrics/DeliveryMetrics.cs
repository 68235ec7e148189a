using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Time;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Delivery.Metrics;

/// <summary>Counts what is delivered and what is not. Gauges of what waits are in <see cref="PendingMetrics"/>.</summary>
internal sealed class DeliveryMetrics
{
    private static readonly string[] Losses = ["refused", "expired", "dropped", "torn", "unreadable"];

    private readonly MonotonicClock _clock;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _firings;
    private readonly ConcurrentDictionary<string, TimeSpan> _lastSuccess = new();
    private long _heartbeat;

    public DeliveryMetrics(IMeterFactory factory, MonotonicClock clock)
    {
        _clock = clock;
        _heartbeat = clock.Now.Ticks;
        var meter = factory.Create(InstrumentNames.Meter);
        _deliveries = meter.CreateCounter<long>(InstrumentNames.SinkDeliveriesTotal, "{message}", "Attempts and ends of messages to targets, by outcome.");
        foreach (var sink in SinkKinds.All)
        {
            foreach (var outcome in Losses)
            {
                // A series that begins with its first loss has no increase that an alert could see.
                _deliveries.Add(0, new(TagNames.Sink, sink), new(TagNames.Outcome, outcome));
            }
        }

        _firings = meter.CreateCounter<long>(InstrumentNames.RuleFiringsTotal, "{firing}", "Rules that fired.");
        meter.CreateObservableGauge(InstrumentNames.SinkLastSuccessAgeSeconds, LastSuccesses, "s", "Time since a message was last delivered.");
        meter.CreateObservableGauge(InstrumentNames.RuleHeartbeatAgeSeconds, () => (clock.Now - new TimeSpan(Interlocked.Read(ref _heartbeat))).TotalSeconds, "s", "Time since heartbeats were last made.");
    }

    public void Delivered(string sink)
    {
        _lastSuccess[sink] = _clock.Now;
        Ended(sink, "delivered");
    }

    public void Ended(string sink, string outcome, int messages = 1)
    {
        if (messages > 0)
        {
            _deliveries.Add(messages, new(TagNames.Sink, sink), new(TagNames.Outcome, outcome));
        }
    }

    public void Fired() => _firings.Add(1);

    public void HeartbeatsMade() => Interlocked.Exchange(ref _heartbeat, _clock.Now.Ticks);

    private IEnumerable<Measurement<double>> LastSuccesses() =>
        _lastSuccess.Select(s => new Measurement<double>((_clock.Now - s.Value).TotalSeconds, new KeyValuePair<string, object?>(TagNames.Sink, s.Key)));
}
