namespace DeltaEdge.Telemetry.Health;

/// <summary>One part's say in whether the process is ready. Made by <see cref="ReadinessGate.Register"/>; may change any number of times.</summary>
public sealed class ReadinessCondition
{
    private readonly ReadinessGate _gate;

    internal ReadinessCondition(ReadinessGate gate, string name) => (_gate, Name) = (gate, name);

    public string Name { get; }

    public void SetReady() => _gate.Set(Name, null);

    /// <param name="reason">What is missing, for people; shown by <c>/healthz/ready</c>.</param>
    public void SetNotReady(string reason) => _gate.Set(Name, reason);
}
