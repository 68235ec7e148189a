using System.Reflection;
using System.Text.RegularExpressions;
using DeltaEdge.Telemetry;

namespace DeltaEdge.ComponentTests.Monitoring;

/// <summary>What is under k8s/monitoring, and the names it may use.</summary>
internal static partial class MonitoringFiles
{
    public static string Folder { get; } = Repository.PathOf("k8s", "monitoring");

    private static readonly HashSet<string> Instruments = [.. typeof(InstrumentNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    public static string Rules(string name) => Path.Combine(Folder, "rules", name);

    /// <summary>Names in a piece of PromQL that are neither an instrument's nor a recording rule's.</summary>
    public static IEnumerable<string> UnknownNames(string promql)
    {
        var recorded = Recorded().Matches(File.ReadAllText(Rules("recording.yaml"))).Select(m => m.Groups[1].Value).ToHashSet();
        return Metric().Matches(promql).Select(m => m.Value).Where(name => !recorded.Contains(name) && !Instruments.Contains(name) && !Instruments.Contains(HistogramSuffix().Replace(name, "")));
    }

    [GeneratedRegex(@"\bdeltaedge[_:][a-z0-9_:]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramSuffix();

    [GeneratedRegex(@"- record: (\S+)")]
    private static partial Regex Recorded();
}
