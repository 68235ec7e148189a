namespace DeltaEdge.Core.Planning.Allocation;

/// <summary>A move from one vertex of a stream's upper concave hull to the next richer one.</summary>
/// <param name="Rung">Rung after the step.</param>
/// <param name="Slope">Value gained per second: the price below which the step is worth taking.</param>
/// <param name="Value">Value gained per frame.</param>
/// <param name="Seconds">Seconds added per frame; above 0.</param>
public readonly record struct HullStep(int Rung, double Slope, double Value, double Seconds);
