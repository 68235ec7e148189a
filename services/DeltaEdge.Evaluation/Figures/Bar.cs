namespace DeltaEdge.Evaluation.Figures;

/// <summary>A bar with its interval.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Value">Its length, in the figure's unit; NaN is printed as unknown.</param>
/// <param name="Low">Lower end of its 95 % interval; NaN for none.</param>
/// <param name="High">Upper end of its 95 % interval; NaN for none.</param>
public sealed record Bar(string Label, double Value, double Low = double.NaN, double High = double.NaN);
