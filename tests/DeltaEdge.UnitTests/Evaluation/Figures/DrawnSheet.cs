using System.Globalization;
using System.Xml.Linq;
using DeltaEdge.Evaluation.Figures;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

/// <summary>A drawn figure, read back as a program that shows it would.</summary>
internal sealed class DrawnSheet
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly XElement _root;

    public DrawnSheet(string svg)
    {
        _root = XDocument.Parse(svg).Root!;
        double[] box = [.. _root.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
        (Width, Height) = (box[2], box[3]);
    }

    public double Width { get; }

    public double Height { get; }

    public IReadOnlyList<string> Texts => [.. _root.Descendants(Svg + "text").Select(t => t.Value)];

    public int Points => _root.Descendants().Count(e => e.Attribute("class")?.Value == "point");

    public int Count(string element) => _root.Descendants(Svg + element).Count();

    /// <summary>Numbers are finite, text is legible and on the sheet, and so is everything else.</summary>
    public void AssertSound()
    {
        foreach (var attribute in _root.Descendants().Attributes().Where(a => a.Name.LocalName is "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy" or "r" or "width" or "height"))
        {
            Assert.InRange(Number(attribute.Value), 0, attribute.Name.LocalName.Contains('y', StringComparison.Ordinal) || attribute.Name == "height" ? Height : Width);
        }

        foreach (var points in _root.Descendants().Attributes("points"))
        {
            Assert.All(points.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries), p => Assert.InRange(Number(p), -1, Math.Max(Width, Height)));
        }

        Assert.All(_root.Descendants(Svg + "text"), AssertOnSheet);
    }

    private void AssertOnSheet(XElement text)
    {
        var size = Number(text.Attribute("font-size")!.Value);
        Assert.True(size >= 11);
        var wide = SvgText.Width(text.Value, size);
        var before = text.Attribute("text-anchor")?.Value switch { "middle" => wide / 2, "end" => wide, _ => 0 };
        if (text.Attribute("transform")?.Value is { } transform)
        {
            double[] at = [.. transform[(transform.IndexOf('(', StringComparison.Ordinal) + 1)..transform.IndexOf(')', StringComparison.Ordinal)].Split(' ').Select(Number)];
            Assert.InRange(at[0], size, Width);
            Assert.InRange(at[1] - (wide / 2), 0, Height - wide);
            return;
        }

        Assert.InRange(Number(text.Attribute("x")!.Value) - before, 0, Math.Max(0, Width - wide));
        Assert.InRange(Number(text.Attribute("y")!.Value), size * 0.8, Height);
    }

    private static double Number(string text)
    {
        var number = double.Parse(text, CultureInfo.InvariantCulture);
        Assert.True(double.IsFinite(number));
        return number;
    }
}
