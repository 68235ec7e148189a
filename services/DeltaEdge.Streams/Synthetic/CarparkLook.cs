namespace DeltaEdge.Streams.Synthetic;

/// <summary>Geometry and colours of one car park, which stay while cars come and go. Measures as the scenes that the shipped model was trained on.</summary>
internal sealed class CarparkLook
{
    private static readonly Dictionary<string, Colour> Colours = new(StringComparer.Ordinal)
    {
        ["red"] = new(196, 36, 34),
        ["blue"] = new(36, 74, 190),
        ["green"] = new(34, 138, 62),
        ["yellow"] = new(226, 188, 38),
        ["white"] = new(228, 228, 226),
        ["black"] = new(26, 26, 30),
    };

    private readonly int _rows;
    private readonly int _slots;
    private readonly double _left;
    private readonly double _top;
    private readonly double _slotWidth;
    private readonly double _slotHeight;
    private readonly double _rowPitch;
    private readonly double _carWidth;
    private readonly double _carLength;
    private readonly bool _isFlipped;
    private readonly Colour _ground;
    private readonly Colour _line;
    private readonly (double X, double Y, double Radius)[] _stains;
    private readonly (double X, double Y)[] _parking;
    private readonly Dictionary<string, Colour> _shades;

    public CarparkLook(SceneRandom random, int rows, int slots)
    {
        (_rows, _slots) = (rows, slots);
        (_left, _top) = (random.Between(10, 28), random.Between(12, 30));
        (_slotWidth, _slotHeight, _rowPitch) = (random.Between(56, 62), random.Between(74, 82), random.Between(100, 107));
        (_carWidth, _carLength) = (random.Between(31, 35), random.Between(58, 64));
        _isFlipped = random.Below(2) == 0;
        var grey = (byte)random.Between(78, 128);
        _ground = new Colour(grey, grey, (byte)(grey + 2)).Jittered(random, 8);
        _line = new Colour(218, 218, 210).Jittered(random, 20);
        _stains = [.. Enumerable.Range(0, 6).Select(_ => (random.Between(0, Canvas.Side), random.Between(0, Canvas.Side), random.Between(4, 14)))];
        _parking = [.. Enumerable.Range(0, rows * slots).Select(_ => (random.Between(-3, 3), random.Between(-3, 3)))];
        _shades = Colours.ToDictionary(c => c.Key, c => c.Value.Jittered(random, 16), StringComparer.Ordinal);
    }

    public static IReadOnlyList<string> Paints { get; } = [.. Colours.Keys];

    public void DrawGround(Canvas canvas)
    {
        canvas.Rectangle(0, 0, Canvas.Side, Canvas.Side, _ground);
        foreach (var (x, y, radius) in _stains)
        {
            canvas.Ellipse(x, y, radius, radius * 0.7, _ground.Shaded(0.86));
        }

        for (var place = 0; place < _rows * _slots; place++)
        {
            var (x, y) = Corner(place / _slots, place % _slots);
            canvas.Line(x, y, x, y + _slotHeight, 2, _line);
            canvas.Line(x + _slotWidth, y, x + _slotWidth, y + _slotHeight, 2, _line);
            var edge = _isFlipped ? y : y + _slotHeight;
            canvas.Line(x, edge, x + _slotWidth, edge, 2, _line);
        }
    }

    /// <param name="canvas">Where to.</param>
    /// <param name="car">Which and where it parks.</param>
    /// <param name="away">Pixels below its place.</param>
    public void DrawCar(Canvas canvas, ParkedCar car, double away)
    {
        var (x, y) = Corner(car.Row, car.Slot);
        var (dx, dy) = _parking[(car.Row * _slots) + car.Slot];
        var (cx, cy, nose) = (x + (_slotWidth / 2) + dx, y + (_slotHeight / 2) + dy + away, _isFlipped ? 1 : -1);
        var (halfWidth, halfLength) = (_carWidth / 2, _carLength / 2);
        var paint = _shades[car.Paint];
        var isBright = paint.R + paint.G + paint.B > 120;
        canvas.RoundedRectangle(cx - halfWidth + 2, cy - halfLength + 3, cx + halfWidth + 2, cy + halfLength + 3, 5, new Colour(20, 20, 22));
        canvas.RoundedRectangle(cx - halfWidth, cy - halfLength, cx + halfWidth, cy + halfLength, 5, isBright ? paint.Shaded(0.6) : new Colour(70, 70, 76));
        canvas.RoundedRectangle(cx - halfWidth + 1, cy - halfLength + 1, cx + halfWidth - 1, cy + halfLength - 1, 4, paint);
        var glass = isBright ? new Colour(58, 70, 82) : new Colour(92, 104, 116);
        foreach (var (along, depth) in ((double, double)[])[(0.20, 0.09), (-0.30, 0.06)])
        {
            var gy = cy + (nose * along * _carLength);
            canvas.Rectangle(cx - (_carWidth * 0.38), gy - (_carLength * depth), cx + (_carWidth * 0.38), gy + (_carLength * depth), glass);
        }
    }

    private (double X, double Y) Corner(int row, int slot) => (_left + (slot * _slotWidth), _top + (row * _rowPitch));
}
