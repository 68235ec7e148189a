using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Questions;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Worker.Quality;

/// <summary>What probes found, over all streams.</summary>
internal sealed class ProbeMetrics
{
    private readonly ConcurrentDictionary<(int Budget, QuestionKind Kind), AgreementCounts> _counts = new();
    private readonly Counter<long> _probes;

    public ProbeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(InstrumentNames.Meter);
        _probes = meter.CreateCounter<long>(InstrumentNames.AuditProbesTotal, "{probe}", "Agreement probes by how they ended.");
        meter.CreateObservableGauge(InstrumentNames.AuditAgreementRatio, Ratios, "1", "Share of the last probes whose answer agreed with the model's best budget.");
    }

    /// <param name="outcome">cancelled or failed.</param>
    public void Ended(string outcome) => _probes.Add(1, new KeyValuePair<string, object?>(TagNames.Outcome, outcome));

    public void Compared(int budget, QuestionKind kind, bool agrees)
    {
        _counts.AddOrUpdate((budget, kind), _ => new AgreementCounts(1).With(agrees), (_, counts) => counts.With(agrees));
        Ended(agrees ? "agreed" : "disagreed");
    }

    private IEnumerable<Measurement<double>> Ratios() => _counts.Select(c => new Measurement<double>(
        c.Value.Agreed / c.Value.Probes,
        new(TagNames.Budget, c.Key.Budget.ToString(CultureInfo.InvariantCulture)),
        new KeyValuePair<string, object?>(TagNames.QuestionKind, c.Key.Kind.Name())));
}
