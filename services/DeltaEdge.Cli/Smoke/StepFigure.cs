using System.Globalization;
using System.Text;

namespace DeltaEdge.Cli.Smoke;

/// <summary>Draws the step-load experiment as SVG: offered load, budget on a logarithmic axis, p95 against the SLA, one above the other.</summary>
internal static class StepFigure
{
    private const int Width = 860;
    private const int Left = 70;
    private const int Right = 20;
    private const int PanelHeight = 130;
    private const int Gap = 46;
    private const int Top = 60;

    public static string Draw(IReadOnlyList<StepSecond> seconds, int deadlineMs)
    {
        var svg = new StringBuilder();
        var height = Top + (3 * (PanelHeight + Gap));
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/><text x=\"{Left}\" y=\"28\" font-size=\"16\" fill=\"#111\">A step of load: offered asks, visual tokens, p95 against the SLA</text>");
        Panel(svg, 0, "asks per second, offered", seconds, s => s.AsksPerSecond, Linear(seconds.Max(s => s.AsksPerSecond)), "#64748b", Ticks(seconds.Max(s => s.AsksPerSecond)));
        Panel(svg, 1, "visual tokens (mean, log scale)", seconds, s => Math.Max(1, s.MeanBudget), v => Math.Log(v) / Math.Log(576), "#2563eb", [1, 4, 16, 64, 144, 576]);
        var most = Math.Max(deadlineMs * 1.15, seconds.Max(s => s.P95Ms));
        Panel(svg, 2, string.Create(CultureInfo.InvariantCulture, $"p95 latency, ms (SLA {deadlineMs} ms dashed)"), seconds, s => s.P95Ms, Linear(most), "#059669", Ticks(most));
        var y = Y(2, Linear(most)(deadlineMs));
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#dc2626\" stroke-dasharray=\"6 4\"/>");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, int index, string title, IReadOnlyList<StepSecond> seconds, Func<StepSecond, double> value, Func<double, double> scale, string colour, IReadOnlyList<double> ticks)
    {
        var bottom = Y(index, 0);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Y(index, 1) - 8:0.#}\" fill=\"#334155\">{title}</text>");
        foreach (var tick in ticks)
        {
            var y = Y(index, scale(tick));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#e2e8f0\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\" fill=\"#64748b\">{tick:0}</text>");
        }

        var points = string.Join(' ', seconds.Select(s => string.Create(CultureInfo.InvariantCulture, $"{X(s.Second, seconds.Count):0.#},{Y(index, scale(value(s))):0.#}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\"/>");
        var last = 0;
        foreach (var (name, _, length) in StepLoad.Plan)
        {
            var x = X(last, seconds.Count);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Y(index, 1):0.#}\" y2=\"{bottom:0.#}\" stroke=\"#94a3b8\" stroke-dasharray=\"2 3\"/>");
            if (index == 2)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 4:0.#}\" y=\"{bottom + 18:0.#}\" fill=\"#64748b\">{name}, from {last} s</text>");
            }

            last += length;
        }
    }

    private static Func<double, double> Linear(double most) => v => most <= 0 ? 0 : Math.Clamp(v / most, 0, 1);

    private static double[] Ticks(double most) => [0, Math.Round(most / 2), Math.Round(most)];

    private static double X(double second, int count) => Left + (second * (Width - Left - Right) / Math.Max(1, count - 1));

    private static double Y(int panel, double share) => Top + (panel * (PanelHeight + Gap)) + (PanelHeight * (1 - share));
}
