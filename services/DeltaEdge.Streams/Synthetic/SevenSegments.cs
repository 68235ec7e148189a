namespace DeltaEdge.Streams.Synthetic;

/// <summary>Digits of seven bars.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Stroke">Thickness of a bar.</param>
/// <param name="Slant">How far the upper edge leans to the right.</param>
internal sealed record SevenSegments(double Width, double Height, double Stroke, double Slant)
{
    // The bars of each digit: a on top, then clockwise to f, g in the middle.
    private static readonly string[] Bars = ["abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg"];

    /// <param name="canvas">Where to.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="digit">0 to 9.</param>
    /// <param name="ink">Colour of the bars.</param>
    public void Draw(Canvas canvas, double x, double y, char digit, Colour ink)
    {
        foreach (var bar in Bars[digit - '0'])
        {
            var corners = bar switch
            {
                'a' => Flat(x, y),
                'g' => Flat(x, y + (Height / 2) - (Stroke / 2)),
                'd' => Flat(x, y + Height - Stroke),
                'f' => Upright(x, y, y + (Height / 2)),
                'b' => Upright(x + Width - Stroke, y, y + (Height / 2)),
                'e' => Upright(x, y + (Height / 2), y + Height),
                _ => Upright(x + Width - Stroke, y + (Height / 2), y + Height),
            };
            for (var i = 0; i < corners.Length; i++)
            {
                corners[i].X += Slant * (1 - ((corners[i].Y - y) / Height));
            }

            canvas.Convex(corners, ink);
        }
    }

    private (double X, double Y)[] Flat(double x, double y) =>
        [(x + (Stroke * 0.6), y), (x + Width - (Stroke * 0.6), y), (x + Width - (Stroke * 1.1), y + Stroke), (x + (Stroke * 1.1), y + Stroke)];

    private (double X, double Y)[] Upright(double x, double top, double bottom) =>
        [(x, top + (Stroke * 0.6)), (x + Stroke, top + Stroke), (x + Stroke, bottom - Stroke), (x, bottom - (Stroke * 0.6))];
}
