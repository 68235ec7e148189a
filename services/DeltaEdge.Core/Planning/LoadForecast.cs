namespace DeltaEdge.Core.Planning;

/// <summary>What a price would come to.</summary>
/// <param name="Utilisation">Offered load over capacity.</param>
/// <param name="Slack">
/// Share of the deadline that 95 % of asks would have left, in the cell that has least; 1 without demand. Cells that no budget
/// brings in on time do not count.
/// </param>
public readonly record struct LoadForecast(double Utilisation, double Slack);
