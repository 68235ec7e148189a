namespace DeltaEdge.Evaluation.Workloads;

/// <summary>A time without shared state: no plan reaches a worker, and no report a gateway.</summary>
/// <param name="FromSeconds">Begin, seconds after the workload began.</param>
/// <param name="ToSeconds">End, not counted in.</param>
public readonly record struct Outage(double FromSeconds, double ToSeconds)
{
    public bool Holds(double seconds) => seconds >= FromSeconds && seconds < ToSeconds;
}
