namespace DeltaEdge.Evaluation.Simulation;

/// <summary>A time without shared state.</summary>
/// <param name="FromSeconds">Begin, seconds after the run began.</param>
/// <param name="ToSeconds">End, not counted in.</param>
public readonly record struct Outage(double FromSeconds, double ToSeconds)
{
    public bool Holds(double seconds) => seconds >= FromSeconds && seconds < ToSeconds;
}
