namespace DeltaEdge.Cli.Monitoring;

/// <summary>The few forms of PromQL that panels are made of. All sum over instances, so that they hold for one process and for many.</summary>
internal static class Promql
{
    private const string Interval = "[$__rate_interval]";

    /// <summary>The metric within the chosen jobs.</summary>
    /// <param name="metric">Name.</param>
    /// <param name="matchers">Further matchers, such as <c>outcome="on_time"</c>.</param>
    public static string Of(string metric, params IEnumerable<string> matchers) => $"{metric}{{{string.Join(", ", matchers.Prepend("job=~\"$job\""))}}}";

    /// <summary>Increase a second, summed over all that <paramref name="by"/> does not name.</summary>
    public static string Rate(string by, string metric, params IEnumerable<string> matchers) => $"sum{By(by)} (rate({Of(metric, matchers)}{Interval}))";

    /// <summary>Quotient that is left out while nothing happens.</summary>
    public static string Ratio(string part, string whole) => $"{part} / ({whole} > 0)";

    /// <summary>Quantile of a histogram of that name.</summary>
    public static string Quantile(double quantile, string by, string histogram, params IEnumerable<string> matchers) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"histogram_quantile({quantile}, {Rate(by.Length == 0 ? "le" : $"le, {by}", $"{histogram}_bucket", matchers)})");

    /// <summary>0 where there is nothing: for what exists only after it has happened.</summary>
    public static string OrZero(string query) => $"{query} or vector(0)";

    public static string Max(string by, string metric, params IEnumerable<string> matchers) => $"max{By(by)} ({Of(metric, matchers)})";

    public static string Sum(string by, string metric, params IEnumerable<string> matchers) => $"sum{By(by)} ({Of(metric, matchers)})";

    private static string By(string by) => by.Length == 0 ? "" : $" by ({by})";
}
