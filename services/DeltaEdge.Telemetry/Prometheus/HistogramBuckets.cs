using DeltaEdge.Core.Sla;

namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>Bucket bounds by instrument. Latencies have an edge on every configured deadline, so that attainment is read off exactly.</summary>
internal sealed class HistogramBuckets(SlaCatalog catalog)
{
    private static readonly double[] Latency =
        [.01, .02, .03, .05, .075, .1, .15, .2, .25, .3, .4, .5, .75, 1, 1.5, 2, 3, 5, 10, 30];

    private static readonly double[] PowersOfTwo = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    private readonly double[] _latency =
        [.. Latency.Concat(catalog.Classes.Select(c => c.DeadlineMs / 1000.0)).Distinct().Order()];

    /// <param name="instrument">Name; one that ends in <c>_seconds</c> holds latencies.</param>
    /// <param name="advice">Bounds that the instrument asks for, if any.</param>
    public double[] For(string instrument, IReadOnlyList<double>? advice) =>
        advice is { Count: > 0 } ? [.. advice.Where(double.IsFinite).Distinct().Order()]
        : instrument.EndsWith("_seconds", StringComparison.Ordinal) ? _latency
        : PowersOfTwo;
}
