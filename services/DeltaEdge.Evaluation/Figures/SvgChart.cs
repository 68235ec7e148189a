using System.Globalization;
using System.Text;
using static DeltaEdge.Evaluation.Figures.SvgText;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>A figure under construction: a white sheet with a title, lines, markers and text. Text never leaves the sheet.</summary>
public sealed class SvgChart
{
    /// <summary>Size of ordinary text, pixels; the smallest is 11.</summary>
    public const double TextSize = 12;

    private const double Edge = 4;
    private readonly StringBuilder _svg = new();

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="title">What the figure shows.</param>
    /// <param name="subtitle">How to read it; may be empty.</param>
    public SvgChart(double width, double height, string title, string subtitle = "")
    {
        (Width, Height) = (width, height);
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Px(width)}\" height=\"{Px(height)}\" viewBox=\"0 0 {Px(width)} {Px(height)}\" role=\"img\" aria-label=\"{Escape(title)}\" font-family=\"Helvetica, Arial, sans-serif\">");
        _svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Px(width)}\" height=\"{Px(height)}\" fill=\"{Palette.Paper}\"/>");
        Text(20, 27, title, size: 17, colour: Palette.Ink, bold: true);
        if (subtitle.Length > 0)
        {
            Text(20, 47, subtitle, colour: Palette.Faint);
        }
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Text on one line, shortened and moved as needed to stay on the sheet.</summary>
    /// <param name="x">Of its anchor.</param>
    /// <param name="y">Of its base line.</param>
    /// <param name="text">Not escaped.</param>
    /// <param name="anchor">Which part of it is at <paramref name="x"/>: start, middle or end.</param>
    /// <param name="size">Pixels, at least 11.</param>
    /// <param name="colour">Its fill.</param>
    /// <param name="bold">Whether it is set bold.</param>
    public void Text(double x, double y, string text, string anchor = "start", double size = TextSize, string colour = Palette.Text, bool bold = false)
    {
        var (fit, at) = Keep(text, x, anchor, size, bold, Width);
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Px(at)}\" y=\"{Px(Math.Clamp(y, size, Height - Edge))}\" font-size=\"{Px(size)}\"{Anchor(anchor)} fill=\"{colour}\"{(bold ? " font-weight=\"bold\"" : "")}>{Escape(fit)}</text>");
    }

    /// <summary>Text that reads upwards, centred at a height: the title of a vertical axis.</summary>
    public void Upright(double x, double y, string text)
    {
        var (fit, at) = Keep(text, y, "middle", TextSize, bold: false, Height);
        _svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({Px(x)} {Px(at)}) rotate(-90)\" font-size=\"{Px(TextSize)}\" text-anchor=\"middle\" fill=\"{Palette.Text}\">{Escape(fit)}</text>");
    }

    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1, string dash = "") =>
        _svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Px(x1)}\" y1=\"{Px(y1)}\" x2=\"{Px(x2)}\" y2=\"{Px(y2)}\" stroke=\"{colour}\" stroke-width=\"{Px(width)}\"{Dashed(dash)}/>");

    public void Rect(double x, double y, double width, double height, string fill, string title = "") =>
        _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Px(x)}\" y=\"{Px(y)}\" width=\"{Px(width)}\" height=\"{Px(height)}\" fill=\"{fill}\">{Tip(title)}</rect>");

    /// <summary>A line through points in pixels.</summary>
    public void Polyline(IReadOnlyList<(double X, double Y)> points, SeriesStyle style) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points.Select(p => Px(p.X) + "," + Px(p.Y)))}\" fill=\"none\" stroke=\"{style.Colour}\" stroke-width=\"{Px(style.Width)}\" stroke-linejoin=\"round\"{Dashed(style.Dash)}/>");

    /// <summary>One marker with a thin white edge; its title shows when pointed at.</summary>
    public void Marker(double x, double y, SeriesStyle style, string title = "", double? radius = null)
    {
        var r = radius ?? style.Radius;
        var edge = $"fill=\"{style.Colour}\" stroke=\"{Palette.Paper}\"";
        _ = style.Shape switch
        {
            MarkerShape.Circle => _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"point\" cx=\"{Px(x)}\" cy=\"{Px(y)}\" r=\"{Px(r)}\" {edge}>{Tip(title)}</circle>"),
            MarkerShape.Ring => _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"point\" cx=\"{Px(x)}\" cy=\"{Px(y)}\" r=\"{Px(r - 0.5)}\" fill=\"{Palette.Paper}\" stroke=\"{style.Colour}\" stroke-width=\"2\">{Tip(title)}</circle>"),
            MarkerShape.Square => Outline(edge, title, (x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
            MarkerShape.Triangle => Outline(edge, title, (x, y - (r * 1.2)), (x + (r * 1.1), y + (r * 0.8)), (x - (r * 1.1), y + (r * 0.8))),
            MarkerShape.Wedge => Outline(edge, title, (x, y + (r * 1.2)), (x + (r * 1.1), y - (r * 0.8)), (x - (r * 1.1), y - (r * 0.8))),
            MarkerShape.Diamond => Outline(edge, title, (x, y - (r * 1.3)), (x + (r * 1.3), y), (x, y + (r * 1.3)), (x - (r * 1.3), y)),
            _ => _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"point\" d=\"M{Px(x - r)} {Px(y - r)}L{Px(x + r)} {Px(y + r)}M{Px(x - r)} {Px(y + r)}L{Px(x + r)} {Px(y - r)}\" stroke=\"{style.Colour}\" stroke-width=\"2.4\">{Tip(title)}</path>"),
        };
    }

    /// <summary>The whole document.</summary>
    public string Finish() => _svg.ToString() + "</svg>\n";

    private StringBuilder Outline(string edge, string title, params ReadOnlySpan<(double X, double Y)> corners)
    {
        _svg.Append("<polygon class=\"point\" points=\"");
        foreach (var (x, y) in corners)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"{Px(x)},{Px(y)} ");
        }

        return _svg.Append(CultureInfo.InvariantCulture, $"\" {edge}>{Tip(title)}</polygon>");
    }

    private static (string Text, double At) Keep(string text, double at, string anchor, double size, bool bold, double room)
    {
        var stretch = bold ? 1.08 : 1;
        var fit = Fit(text, size * stretch, room - (2 * Edge));
        var width = SvgText.Width(fit, size * stretch);
        var before = anchor switch { "start" => 0, "end" => width, _ => width / 2 };
        return (fit, Math.Clamp(at, Edge + before, Math.Max(Edge + before, room - Edge - width + before)));
    }

    private static string Tip(string title) => title.Length == 0 ? "" : $"<title>{Escape(title)}</title>";

    private static string Anchor(string anchor) => anchor == "start" ? "" : $" text-anchor=\"{anchor}\"";

    private static string Dashed(string dash) => dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"";
}
