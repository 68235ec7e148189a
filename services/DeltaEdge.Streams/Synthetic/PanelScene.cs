using System.Globalization;

namespace DeltaEdge.Streams.Synthetic;

/// <summary>An instrument panel: a display that counts, three lamps of which one changes with each step, and a gauge.</summary>
internal sealed class PanelScene : ISyntheticScene
{
    private static readonly string[] Levels = ["low", "medium", "high"];

    private readonly PanelLook _look;
    private readonly int _first;
    private readonly string[][] _lamps = new string[SceneTime.Steps][];
    private readonly int[] _levels = new int[SceneTime.Steps];

    public PanelScene(SceneRandom random)
    {
        _look = new PanelLook(random);
        _first = 100 + random.Below(900 - SceneTime.Steps);
        string[] choices = ["off", .. PanelLook.LampColours];
        string[] lamps = [random.Pick(choices), random.Pick(choices), random.Pick(choices)];
        for (var step = 0; step < SceneTime.Steps; step++)
        {
            lamps[random.Below(lamps.Length)] = random.Pick(choices);
            _lamps[step] = [.. lamps];
            _levels[step] = random.Below(Levels.Length);
        }
    }

    public SceneTruth TruthAt(double seconds)
    {
        var (step, _, part) = SceneTime.At(seconds);
        return new SceneTruth { Digits = DigitsAt(step), Lamps = [.. _lamps[step]], Gauge = Levels[_levels[step]], IsChanging = part < 1 };
    }

    public double Draw(Canvas canvas, double seconds)
    {
        var (step, before, part) = SceneTime.At(seconds);
        _look.DrawPlate(canvas);
        _look.DrawDisplay(canvas, DigitsAt(step));
        for (var i = 0; i < _lamps[step].Length; i++)
        {
            _look.DrawLamp(canvas, i, _lamps[step][i]);
        }

        _look.DrawGauge(canvas, _levels[before] + ((_levels[step] - _levels[before]) * part));
        return 1;
    }

    private string DigitsAt(int step) => (_first + step).ToString(CultureInfo.InvariantCulture);
}
