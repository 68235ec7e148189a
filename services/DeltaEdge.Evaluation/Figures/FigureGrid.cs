namespace DeltaEdge.Evaluation.Figures;

/// <summary>Where small panels of one figure go, row by row.</summary>
/// <param name="columns">At most so many side by side.</param>
/// <param name="width">Of a panel inside its axes, pixels.</param>
/// <param name="height">Of a panel inside its axes, pixels.</param>
public sealed class FigureGrid(int columns, double width, double height)
{
    private const double Left = 74;
    private const double Right = 24;
    private const double Above = 34;
    private const double Below = 50;

    /// <summary>Width of the figure, pixels; never less than a title needs.</summary>
    public double Width(int panels) => Math.Max(640, Math.Clamp(panels, 1, columns) * (Left + width + Right));

    /// <summary>Height of all rows, pixels.</summary>
    public double Height(int panels) => ((panels + columns - 1) / columns) * (Above + height + Below);

    /// <summary>Inside of the axes of panel <paramref name="index"/>, below a heading of <paramref name="top"/> pixels.</summary>
    public LabelBox Area(int index, double top) =>
        new((index % columns * (Left + width + Right)) + Left, top + (index / columns * (Above + height + Below)) + Above, width, height);
}
