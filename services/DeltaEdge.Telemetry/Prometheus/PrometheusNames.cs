using System.Text;

namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>Names and escapes of the text format.</summary>
internal static class PrometheusNames
{
    public static string Metric(string name) => Clean(name, colons: true);

    public static string Label(string name) => Clean(name, colons: false);

    /// <summary>Backslash and line feed are escaped everywhere, double quotes in label values only.</summary>
    public static void AppendEscaped(StringBuilder text, string value, bool quotes)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(c),
            };
        }
    }

    private static string Clean(string name, bool colons)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!Allowed(name[i], i, colons))
            {
                return Replace(name, colons);
            }
        }

        return name.Length == 0 ? "_" : name;
    }

    private static string Replace(string name, bool colons)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            if (clean.Length == 0 && char.IsAsciiDigit(c))
            {
                clean.Append('_');
            }

            clean.Append(Allowed(c, clean.Length, colons) ? c : '_');
        }

        return clean.ToString();
    }

    private static bool Allowed(char c, int index, bool colons) =>
        char.IsAsciiLetter(c) || c == '_' || (colons && c == ':') || (index > 0 && char.IsAsciiDigit(c));
}
