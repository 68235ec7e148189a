using System.Collections.Immutable;

namespace DeltaEdge.Streams.Synthetic;

/// <summary>A car park from above, three rows of five slots: cars come to and leave the outer rows, the light falls and lifts.</summary>
internal sealed class CarparkScene : ISyntheticScene
{
    private const int Rows = 3;
    private const int Slots = 5;
    private const int MinCars = 1;
    private const int MaxCars = 4; // What the shipped model counts well.
    private const double Darkest = 0.65;

    // Pixels by which a car of a row is away when it has left.
    private static readonly double[] Away = [-110, 0, 130];

    private readonly CarparkLook _look;
    private readonly ImmutableArray<ParkedCar>[] _cars = new ImmutableArray<ParkedCar>[SceneTime.Steps];

    public CarparkScene(SceneRandom random)
    {
        _look = new CarparkLook(random, Rows, Slots);
        List<ParkedCar> cars = [new(1, random.Below(Slots), random.Pick(CarparkLook.Paints))];
        for (var step = 0; step < SceneTime.Steps; step++)
        {
            Step(random, cars);
            _cars[step] = [.. cars];
        }
    }

    public SceneTruth TruthAt(double seconds)
    {
        var (step, _, part) = SceneTime.At(seconds);
        return new SceneTruth { Cars = _cars[step], IsChanging = part < 1 };
    }

    public double Draw(Canvas canvas, double seconds)
    {
        var (step, before, part) = SceneTime.At(seconds);
        _look.DrawGround(canvas);
        foreach (var car in _cars[before].Except(_cars[step]))
        {
            _look.DrawCar(canvas, car, Away[car.Row] * part);
        }

        foreach (var car in _cars[step])
        {
            _look.DrawCar(canvas, car, _cars[before].Contains(car) ? 0 : Away[car.Row] * (1 - part));
        }

        const double Loop = SceneTime.Steps * SceneTime.StepSeconds;
        return 1 - ((1 - Darkest) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * seconds / Loop))));
    }

    // The middle row has no way out past the others: its cars stay.
    private static void Step(SceneRandom random, List<ParkedCar> cars)
    {
        if (cars.Count <= MinCars || (cars.Count < MaxCars && random.Below(2) == 0))
        {
            var (row, slot) = (random.Below(2) * 2, random.Below(Slots));
            if (!cars.Exists(c => c.Row == row && c.Slot == slot))
            {
                cars.Add(new ParkedCar(row, slot, random.Pick(CarparkLook.Paints)));
            }
        }
        else
        {
            cars.RemoveAt(1 + random.Below(cars.Count - 1));
        }
    }
}
