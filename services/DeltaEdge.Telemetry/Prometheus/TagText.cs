using System.Globalization;

namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>Tag values as label text, compared and hashed without making strings of them.</summary>
internal static class TagText
{
    private const int LongestNumber = 64;

    public static string Render(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static int Hash(object? value)
    {
        Span<char> buffer = stackalloc char[LongestNumber];
        return string.GetHashCode(AsSpan(value, buffer));
    }

    public static bool Matches(object? value, string text)
    {
        Span<char> buffer = stackalloc char[LongestNumber];
        return AsSpan(value, buffer).SequenceEqual(text);
    }

    private static ReadOnlySpan<char> AsSpan(object? value, Span<char> buffer) => value switch
    {
        string text => text,
        ISpanFormattable formattable when formattable.TryFormat(buffer, out var written, default, CultureInfo.InvariantCulture) => buffer[..written],
        _ => Render(value),
    };
}
