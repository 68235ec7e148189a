using System.Globalization;
using System.Text;

namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>Writes families in Prometheus text format 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Append(StringBuilder text, MetricFamily family)
    {
        var series = family.Collect();
        if (series.Count == 0)
        {
            return;
        }

        text.Append("# HELP ").Append(family.Name).Append(' ');
        PrometheusNames.AppendEscaped(text, family.Help, quotes: false);
        text.Append("\n# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
        foreach (var one in series)
        {
            if (family.Kind == SampleKind.Histogram)
            {
                AppendHistogram(text, family, one);
            }
            else
            {
                AppendSample(text, family.Name, "", one.LabelText, "", one.Value);
            }
        }
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string TypeOf(SampleKind kind) => kind switch
    {
        SampleKind.Counter => "counter",
        SampleKind.Histogram => "histogram",
        _ => "gauge",
    };

    /// <summary>The count is the sum of the buckets as they were read, so that <c>+Inf</c> and <c>_count</c> always agree.</summary>
    private static void AppendHistogram(StringBuilder text, MetricFamily family, Series series)
    {
        var sum = series.Value;
        var buckets = series.ReadBuckets();
        var running = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            running += buckets[i];
            var bound = i < family.Bounds.Length ? family.Bounds[i] : double.PositiveInfinity;
            AppendSample(text, family.Name, "_bucket", series.LabelText, $"le=\"{Number(bound)}\"", running);
        }

        AppendSample(text, family.Name, "_sum", series.LabelText, "", sum);
        AppendSample(text, family.Name, "_count", series.LabelText, "", running);
    }

    private static void AppendSample(StringBuilder text, string name, string suffix, string labels, string extraLabel, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length + extraLabel.Length > 0)
        {
            text.Append('{').Append(labels).Append(labels.Length > 0 && extraLabel.Length > 0 ? "," : "").Append(extraLabel).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }
}
