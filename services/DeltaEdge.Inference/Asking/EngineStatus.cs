namespace DeltaEdge.Inference.Asking;

/// <summary>A snapshot of the engine for reports and metrics; taken without stopping it.</summary>
/// <param name="QueueDepth">Asks that wait.</param>
/// <param name="BacklogSeconds">Predicted seconds to serve them at the budgets they would get now.</param>
/// <param name="ActiveRows">Rows that decode.</param>
/// <param name="BusySeconds">Seconds worked since start; the difference of two snapshots over the time between is the busy ratio.</param>
/// <param name="LastBudget">Budget most recently spent.</param>
public readonly record struct EngineStatus(int QueueDepth, double BacklogSeconds, int ActiveRows, double BusySeconds, int LastBudget)
{
    /// <summary>Several runs of the model have failed without an answer between them: new work belongs elsewhere.</summary>
    public bool Unhealthy { get; init; }
}
