using System.Globalization;
using DeltaEdge.Evaluation.Statistics;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>Sums over the results of a load.</summary>
internal static class Outcomes
{
    /// <summary>Share of asks that got an answer which calls itself on time, 0 to 1.</summary>
    public static double Attainment(IReadOnlyCollection<AskResult> asks) => asks.Count == 0 ? 1 : (double)asks.Count(a => a.Status == 200 && a.OnTime) / asks.Count;

    /// <summary>Latency at a share of the answered, milliseconds; NaN without any.</summary>
    public static double LatencyMs(IEnumerable<AskResult> asks, double share) =>
        Percentile.NearestRank([.. asks.Where(a => a.Status == 200).Select(a => a.LatencyMs).Order()], share);

    /// <summary>Asks by status, as text: <c>200 × 50, 503 × 2</c>.</summary>
    public static string Statuses(IEnumerable<AskResult> asks) =>
        string.Join(", ", asks.GroupBy(a => a.Status).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} × {g.Count()}")));

    /// <summary>Fails, with examples, if an ask ended in a way that a client cannot tell from a fault.</summary>
    public static void AssertNoneFailed(IEnumerable<AskResult> asks, params int[] allowed)
    {
        var failed = asks.Where(a => !allowed.Contains(a.Status)).ToArray();
        Assert.True(failed.Length == 0, $"{failed.Length} asks failed ({Statuses(failed)}): {string.Join("; ", failed.Take(5).Select(f => $"at {f.Due.TotalSeconds:F1} s {f.Status} {f.Problem}"))}");
    }
}
