using System.Collections.Immutable;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>
/// The few colours of all figures, on white. DeltaEdge has a strong blue to itself; baselines have muted hues that differ in lightness
/// too, and a marker and a dash besides, so that nothing rests on hue alone. Text colours have a contrast of at least 4.5 to 1.
/// </summary>
public static class Palette
{
    public const string Paper = "#ffffff";
    public const string Ink = "#111827";
    public const string Text = "#334155";
    public const string Faint = "#5b6778";
    public const string Axis = "#94a3b8";
    public const string Grid = "#e5eaf1";
    public const string Own = "#1457d9";
    public const string Bound = "#111827";
    public const string Fixed = "#7b8490";
    public const string Limit = "#c2410c";

    private const string Black = "#000000";
    private static readonly (double R, double G, double B) Light = (236, 243, 254);
    private static readonly (double R, double G, double B) Dark = (9, 38, 102);

    /// <summary>Hues of baselines, in the order in which they are given out.</summary>
    public static ImmutableArray<string> Baselines { get; } = ["#b3853a", "#468f80", "#b0627a", "#806650", "#866fa6", "#7c8740"];

    /// <summary>A cell of a heat map and the colour of text on it.</summary>
    /// <param name="share">0 is light, 1 is dark.</param>
    public static (string Fill, string Text) Heat(double share)
    {
        var s = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
        var fill = $"#{Mix(Light.R, Dark.R, s):x2}{Mix(Light.G, Dark.G, s):x2}{Mix(Light.B, Dark.B, s):x2}";
        return (fill, s < 0.613 ? Black : Paper); // Where black and white have the same contrast.
    }

    private static int Mix(double from, double to, double share) => (int)Math.Round(from + ((to - from) * share));
}
