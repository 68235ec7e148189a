using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Keys;
using DeltaEdge.Telemetry.Health;

namespace DeltaEdge.Gateway.Status;

/// <summary>
/// Holds readiness back until the fleet and the keys have been read once: until then the gateway would refuse what it could serve.
/// What happens to shared state afterwards does not touch readiness; the gateway goes on with what it knows.
/// </summary>
internal sealed class FirstSight(ISharedState shared, IEnumerable<IKeyBook> books, ReadinessGate gate, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    private readonly ReadinessCondition _fleet = gate.Register("shared_state", "Shared state has not been read yet.");
    private readonly ReadinessCondition _keys = gate.Register("api_keys", "The API keys have not been read yet.");
    private bool _fleetSeen;
    private bool _keysSeen;

    public override Task StartAsync(CancellationToken cancellationToken) => HasSeenAll() ? Task.CompletedTask : base.StartAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookPeriod, time);
        while (!HasSeenAll() && await timer.WaitForNextTickAsync(stoppingToken))
        {
        }
    }

    private bool HasSeenAll()
    {
        if (!_fleetSeen && shared.Reachable)
        {
            _fleetSeen = true;
            _fleet.SetReady();
        }

        if (!_keysSeen && books.All(b => b.IsRead))
        {
            _keysSeen = true;
            _keys.SetReady();
        }

        return _fleetSeen && _keysSeen;
    }
}
