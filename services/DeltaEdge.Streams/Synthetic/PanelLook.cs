namespace DeltaEdge.Streams.Synthetic;

/// <summary>Geometry and colours of one panel, which stay while its readings change. Measures as the scenes that the shipped model was trained on.</summary>
internal sealed class PanelLook
{
    private static readonly Dictionary<string, Colour> Lit = new(StringComparer.Ordinal)
    {
        ["red"] = new(255, 48, 40),
        ["green"] = new(60, 250, 90),
        ["yellow"] = new(255, 222, 60),
        ["blue"] = new(70, 130, 255),
    };

    private readonly Colour _plate;
    private readonly Colour _ink;
    private readonly double _left;
    private readonly double _top;
    private readonly SevenSegments _segments;
    private readonly double _gap;
    private readonly double _lampX;
    private readonly double _lampY;
    private readonly double _lampRadius;
    private readonly double _gaugeX;
    private readonly double _gaugeY;
    private readonly double _dial;

    public PanelLook(SceneRandom random)
    {
        _plate = random.Pick<Colour>([new(92, 96, 104), new(60, 64, 72), new(142, 140, 132)]).Jittered(random, 12);
        _ink = random.Pick<Colour>([Lit["red"], Lit["green"], new(255, 165, 30)]);
        (_left, _top, _gap) = (random.Between(34, 58), random.Between(34, 56), random.Between(14, 18));
        _segments = new SevenSegments(random.Between(38, 44), random.Between(68, 78), random.Between(7, 9.5), random.Between(0, 4));
        (_lampX, _lampY, _lampRadius) = (random.Between(-10, 10), random.Between(186, 204), random.Between(15, 19));
        (_gaugeX, _gaugeY, _dial) = (random.Between(150, 186), random.Between(298, 310), random.Between(54, 62));
    }

    public static IReadOnlyList<string> LampColours { get; } = [.. Lit.Keys];

    public void DrawPlate(Canvas canvas)
    {
        canvas.Rectangle(0, 0, Canvas.Side, Canvas.Side, _plate);
        canvas.Frame(6, 6, 330, 330, 2, _plate.Shaded(1.25));
        foreach (var (x, y) in ((double, double)[])[(16, 16), (320, 16), (16, 320), (320, 320)])
        {
            canvas.Ellipse(x, y, 5, 5, _plate.Shaded(0.6));
        }
    }

    /// <summary>A black window for four digits, the first at its left edge.</summary>
    public void DrawDisplay(Canvas canvas, string digits)
    {
        var (right, bottom) = (_left + (4 * (_segments.Width + _gap)) + 4, _top + _segments.Height + 12);
        canvas.Rectangle(_left - 12, _top - 12, right, bottom, new Colour(14, 14, 16));
        canvas.Frame(_left - 12, _top - 12, right, bottom, 1, new Colour(120, 120, 124));
        for (var i = 0; i < digits.Length; i++)
        {
            _segments.Draw(canvas, _left + (i * (_segments.Width + _gap)), _top, digits[i], _ink);
        }
    }

    /// <param name="canvas">Where to.</param>
    /// <param name="index">0 to 2 from the left.</param>
    /// <param name="colour">A colour's name, or off.</param>
    public void DrawLamp(Canvas canvas, int index, string colour)
    {
        var (x, y, r) = (84 + (84 * index) + _lampX, _lampY, _lampRadius);
        canvas.Rectangle(x - r - 6, y - r - 6, x + r + 6, y + r + 6, new Colour(38, 40, 44));
        var isOn = Lit.TryGetValue(colour, out var light);
        canvas.Ellipse(x, y, r, r, isOn ? new Colour(230, 230, 230) : new Colour(160, 160, 160));
        canvas.Ellipse(x, y, r - 1, r - 1, isOn ? light : new Colour(70, 70, 74));
    }

    /// <summary>A half-round dial whose needle points into its left, upper or right third for 0, 1 and 2.</summary>
    public void DrawGauge(Canvas canvas, double level)
    {
        canvas.UpperHalf(_gaugeX, _gaugeY, _dial, new Colour(40, 40, 40));
        canvas.UpperHalf(_gaugeX, _gaugeY - 1, _dial - 1, new Colour(232, 230, 220));
        for (var i = 0; i < 4; i++)
        {
            var (dx, dy) = Direction(180 + (60 * i));
            canvas.Line(_gaugeX + (dx * _dial * 0.8), _gaugeY + (dy * _dial * 0.8), _gaugeX + (dx * _dial), _gaugeY + (dy * _dial), 2, new Colour(40, 40, 40));
        }

        var (nx, ny) = Direction(210 + (60 * level));
        canvas.Line(_gaugeX, _gaugeY, _gaugeX + (nx * _dial * 0.86), _gaugeY + (ny * _dial * 0.86), 4, new Colour(190, 30, 30));
        canvas.Ellipse(_gaugeX, _gaugeY, 6, 6, new Colour(30, 30, 30));
    }

    private static (double X, double Y) Direction(double degrees) => (Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180));
}
