namespace DeltaEdge.Streams.Synthetic;

/// <summary>Plain shapes on a square of RGB pixels, (Side, Side, 3). Coordinates in pixels from the upper left; what lies outside is cut off.</summary>
internal sealed class Canvas
{
    public const int Side = 336;

    public byte[] Pixels { get; } = new byte[Side * Side * 3];

    public void Rectangle(double x0, double y0, double x1, double y1, Colour colour) => Fill(x0, y0, x1, y1, colour, static (_, _) => true);

    /// <summary>A rectangle's edge, on its inside.</summary>
    public void Frame(double x0, double y0, double x1, double y1, double width, Colour colour)
    {
        Rectangle(x0, y0, x1, y0 + width, colour);
        Rectangle(x0, y1 - width, x1, y1, colour);
        Rectangle(x0, y0, x0 + width, y1, colour);
        Rectangle(x1 - width, y0, x1, y1, colour);
    }

    public void RoundedRectangle(double x0, double y0, double x1, double y1, double radius, Colour colour) =>
        Fill(x0, y0, x1, y1, colour, (x, y) =>
        {
            var dx = Math.Max(Math.Max(x0 + radius - x, x - (x1 - radius)), 0);
            var dy = Math.Max(Math.Max(y0 + radius - y, y - (y1 - radius)), 0);
            return (dx * dx) + (dy * dy) <= radius * radius;
        });

    public void Ellipse(double cx, double cy, double rx, double ry, Colour colour) =>
        Fill(cx - rx, cy - ry, cx + rx, cy + ry, colour, (x, y) => Square((x - cx) / rx) + Square((y - cy) / ry) <= 1);

    /// <summary>The upper half of a disc.</summary>
    public void UpperHalf(double cx, double cy, double radius, Colour colour) =>
        Fill(cx - radius, cy - radius, cx + radius, cy, colour, (x, y) => Square(x - cx) + Square(y - cy) <= radius * radius);

    public void Line(double x0, double y0, double x1, double y1, double width, Colour colour)
    {
        var (dx, dy, half) = (x1 - x0, y1 - y0, width / 2);
        var length = Math.Max(Math.Sqrt((dx * dx) + (dy * dy)), 1e-6);
        var (left, right) = (Math.Min(x0, x1) - half, Math.Max(x0, x1) + half);
        Fill(left, Math.Min(y0, y1) - half, right, Math.Max(y0, y1) + half, colour, (x, y) =>
        {
            var along = (((x - x0) * dx) + ((y - y0) * dy)) / length;
            return along >= 0 && along <= length && Math.Abs(((x - x0) * dy) - ((y - y0) * dx)) / length <= half;
        });
    }

    /// <summary>A convex polygon, its corners in either direction.</summary>
    public void Convex(ReadOnlySpan<(double X, double Y)> corners, Colour colour)
    {
        var points = corners.ToArray();
        Fill(points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y), colour, (x, y) =>
        {
            var (hasLeft, hasRight) = (false, false);
            for (var i = 0; i < points.Length; i++)
            {
                var (a, b) = (points[i], points[(i + 1) % points.Length]);
                var side = ((b.X - a.X) * (y - a.Y)) - ((b.Y - a.Y) * (x - a.X));
                (hasLeft, hasRight) = (hasLeft || side > 0, hasRight || side < 0);
            }

            return !(hasLeft && hasRight);
        });
    }

    private static double Square(double value) => value * value;

    private void Fill(double x0, double y0, double x1, double y1, Colour colour, Func<double, double, bool> isInside)
    {
        var (left, right) = (Math.Max(0, (int)Math.Round(x0)), Math.Min(Side - 1, (int)Math.Round(x1)));
        var (top, bottom) = (Math.Max(0, (int)Math.Round(y0)), Math.Min(Side - 1, (int)Math.Round(y1)));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                if (isInside(x, y))
                {
                    var at = ((y * Side) + x) * 3;
                    (Pixels[at], Pixels[at + 1], Pixels[at + 2]) = (colour.R, colour.G, colour.B);
                }
            }
        }
    }
}
