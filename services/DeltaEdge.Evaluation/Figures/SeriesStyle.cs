namespace DeltaEdge.Evaluation.Figures;

/// <summary>How one series looks, in every figure.</summary>
/// <param name="Colour">Of its line and markers.</param>
/// <param name="Shape">Of its markers.</param>
/// <param name="Dash">SVG dash pattern of its line; empty for a whole line.</param>
/// <param name="Strong">Whether it is what the figure is about: drawn last, thick, with bold text.</param>
public sealed record SeriesStyle(string Colour, MarkerShape Shape, string Dash = "", bool Strong = false)
{
    /// <summary>Width of its line, pixels.</summary>
    public double Width => Strong ? 3 : 1.6;

    /// <summary>Half the size of its markers, pixels.</summary>
    public double Radius => Strong ? 5.8 : 4.5;

    /// <summary>Colour of text about it.</summary>
    public string TextColour => Strong ? Colour : Palette.Text;
}
