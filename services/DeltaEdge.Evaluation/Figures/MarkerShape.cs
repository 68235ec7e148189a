namespace DeltaEdge.Evaluation.Figures;

/// <summary>Markers, so that series differ without colour.</summary>
public enum MarkerShape
{
    Circle = 0,
    Square = 1,
    Triangle = 2,
    Diamond = 3,
    Cross = 4,
    Ring = 5,
    Wedge = 6,
}
