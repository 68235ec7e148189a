namespace DeltaEdge.Evaluation.Figures;

/// <summary>An area of a figure, pixels from its top left.</summary>
public readonly record struct LabelBox(double X, double Y, double Width, double Height)
{
    /// <summary>Whether two areas share more than an edge.</summary>
    public bool Meets(LabelBox other) =>
        X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;

    /// <summary>The point of the area that is nearest to another point.</summary>
    public (double X, double Y) Nearest(double x, double y) => (Math.Clamp(x, X, X + Width), Math.Clamp(y, Y, Y + Height));

    /// <summary>Whether a straight line goes through the area (Liang and Barsky's clipping leaves a part of it).</summary>
    public bool IsCrossedBy((double X, double Y) from, (double X, double Y) to)
    {
        var (enter, leave) = (0d, 1d);
        return Clip(from.X, to.X - from.X, X, X + Width, ref enter, ref leave)
            && Clip(from.Y, to.Y - from.Y, Y, Y + Height, ref enter, ref leave)
            && enter < leave;
    }

    private static bool Clip(double start, double along, double low, double high, ref double enter, ref double leave)
    {
        if (along == 0)
        {
            return start > low && start < high;
        }

        var (a, b) = ((low - start) / along, (high - start) / along);
        enter = Math.Max(enter, Math.Min(a, b));
        leave = Math.Min(leave, Math.Max(a, b));
        return true;
    }
}
