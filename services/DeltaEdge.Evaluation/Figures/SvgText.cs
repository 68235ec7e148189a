using System.Globalization;
using System.Text;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Text for XML and HTML, and how wide it will be.</summary>
public static class SvgText
{
    /// <summary>Escapes the characters that markup takes for its own, and replaces those that XML 1.0 cannot hold.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '"' => safe.Append("&quot;"),
                '\'' => safe.Append("&#39;"),
                < ' ' or 0x7f => safe.Append(rune.Value is '\t' or '\n' ? ' ' : '\ufffd'),
                0xfffe or 0xffff => safe.Append('\ufffd'),
                _ => safe.Append(rune.ToString()),
            };
        }

        return safe.ToString();
    }

    /// <summary>Estimated width in pixels of text in the figures' font, rather too wide than too narrow.</summary>
    /// <param name="text">Not escaped.</param>
    /// <param name="size">Font size, pixels.</param>
    public static double Width(string text, double size)
    {
        var em = 0d;
        foreach (var rune in text.EnumerateRunes())
        {
            em += rune.Value switch
            {
                'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '|' or '!' or '\'' or ' ' or 'I' or 'f' or 't' => 0.34,
                '\t' or '\n' => 0.34,
                < ' ' or 0x7f => 1.1, // Drawn as a replacement character.
                'm' or 'w' or 'M' or 'W' or '%' or '@' or '—' => 0.92,
                >= 'A' and <= 'Z' => 0.71,
                < 0x0530 => 0.58,
                _ => 1.1,
            };
        }

        return em * size;
    }

    /// <summary>The text, shortened with an ellipsis until it is at most <paramref name="width"/> pixels wide.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }

        var runes = text.EnumerateRunes().Select(r => r.ToString()).ToList();
        while (runes.Count > 0 && Width(string.Concat(runes) + "…", size) > width)
        {
            runes.RemoveAt(runes.Count - 1);
        }

        return string.Concat(runes) + "…";
    }

    /// <summary>A number of pixels, to a hundredth.</summary>
    public static string Px(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
