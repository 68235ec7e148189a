namespace DeltaEdge.ChaosTests.Soak;

/// <summary>What one process held of something, and how that changed after the warm-up.</summary>
/// <param name="Process">Name of the process.</param>
/// <param name="What">Resident memory, handles and so on.</param>
/// <param name="Unit">Of the figures.</param>
/// <param name="Median">Over the measured time.</param>
/// <param name="Growth">Theil and Sen's slope times the measured time.</param>
/// <param name="Bound">Most growth that counts as flat.</param>
internal sealed record SoakTrend(string Process, string What, string Unit, double Median, double Growth, double Bound);
