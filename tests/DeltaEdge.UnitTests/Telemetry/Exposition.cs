using System.Globalization;
using System.Text.RegularExpressions;

namespace DeltaEdge.UnitTests.Telemetry;

/// <summary>A strict reader of Prometheus text format 0.0.4, written from its description and not from our writer.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, string> _types = [];

    private Exposition()
    {
    }

    /// <summary>Every sample by its name and sorted labels, as <c>name{a="b",c="d"}</c>.</summary>
    public Dictionary<string, double> Samples { get; } = [];

    public IReadOnlyDictionary<string, string> Types => _types;

    public double this[string sample] => Samples.TryGetValue(sample, out var value)
        ? value
        : throw new KeyNotFoundException($"No sample {sample} among:\n{string.Join('\n', Samples.Keys)}");

    public static Exposition Parse(string text)
    {
        var parsed = new Exposition();
        if (text.Length == 0)
        {
            return parsed;
        }

        Assert.EndsWith("\n", text);
        var family = "";
        var seen = new HashSet<string>();
        foreach (var line in text[..^1].Split('\n'))
        {
            if (HelpLine().Match(line) is { Success: true } help)
            {
                family = help.Groups[1].Value;
                Assert.True(seen.Add(family), $"Family {family} comes twice.");
            }
            else if (TypeLine().Match(line) is { Success: true } type)
            {
                Assert.Equal(family, type.Groups[1].Value);
                parsed._types.Add(family, type.Groups[2].Value);
            }
            else
            {
                parsed.AddSample(line, family);
            }
        }

        parsed.CheckHistograms();
        return parsed;
    }

    private void AddSample(string line, string family)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, $"Not a sample: {line}");
        var name = match.Groups["name"].Value;
        var belongs = _types[family] == "histogram" ? name == $"{family}_bucket" || name == $"{family}_sum" || name == $"{family}_count" : name == family;
        Assert.True(belongs, $"{name} stands in family {family}.");
        var labels = match.Groups["label"].Captures.Select(c => c.Value).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(labels.Count, labels.Select(l => l[..l.IndexOf('=')]).Distinct().Count());
        var key = labels.Count == 0 ? name : $"{name}{{{string.Join(',', labels)}}}";
        Assert.True(Samples.TryAdd(key, ParseNumber(match.Groups["value"].Value)), $"Sample {key} comes twice.");
    }

    private void CheckHistograms()
    {
        foreach (var family in _types.Where(t => t.Value == "histogram").Select(t => t.Key))
        {
            var bySeries = Samples.Keys.Where(k => k.StartsWith(family + "_bucket", StringComparison.Ordinal)).GroupBy(WithoutBound);
            foreach (var series in bySeries)
            {
                var buckets = series.Select(k => (Bound: ParseNumber(BoundLabel().Match(k).Groups[1].Value), Count: Samples[k])).ToList();
                Assert.Equal(buckets.Select(b => b.Bound).Order(), buckets.Select(b => b.Bound));
                Assert.Equal(buckets.Select(b => b.Count).Order(), buckets.Select(b => b.Count));
                Assert.Equal(double.PositiveInfinity, buckets[^1].Bound);
                Assert.Equal(this[series.Key.Replace("_bucket", "_count", StringComparison.Ordinal)], buckets[^1].Count);
                Assert.Contains(series.Key.Replace("_bucket", "_sum", StringComparison.Ordinal), Samples.Keys);
            }
        }
    }

    private static string WithoutBound(string key)
    {
        var rest = BoundLabel().Replace(key, "").Replace("{,", "{", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal).Replace(",,", ",", StringComparison.Ordinal);
        return rest.Replace("{}", "", StringComparison.Ordinal);
    }

    private static double ParseNumber(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\\\|\\n)*$")]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<label>[a-zA-Z_][a-zA-Z0-9_]*=""(?:[^""\\]|\\\\|\\""|\\n)*"")(?:,(?<label>[a-zA-Z_][a-zA-Z0-9_]*=""(?:[^""\\]|\\\\|\\""|\\n)*""))*\})? (?<value>[^ ]+)$")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""le="([^"]*)"(?=[,}])""")]
    private static partial Regex BoundLabel();
}
