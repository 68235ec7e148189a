using System.Text;

namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>One series' labels. Order does not matter, and a label without text is no label, as Prometheus has it.</summary>
internal sealed class TagSet
{
    private readonly KeyValuePair<string, string>[] _tags;

    public TagSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            var text = TagText.Render(value);
            if (text.Length > 0)
            {
                byName[name] = text;
            }
        }

        _tags = [.. byName];
        LabelText = Render(_tags);
    }

    /// <summary>What an instrument's measurements past the cap on its series are folded into.</summary>
    public static TagSet Overflow { get; } = new([new("overflow", "true")]);

    public ReadOnlySpan<KeyValuePair<string, string>> Tags => _tags;

    /// <summary>The labels as the text format has them, without braces; empty if there are none.</summary>
    public string LabelText { get; }

    private static string Render(KeyValuePair<string, string>[] tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(PrometheusNames.Label(name)).Append("=\"");
            PrometheusNames.AppendEscaped(text, value, quotes: true);
            text.Append('"');
        }

        return text.ToString();
    }
}
