using System.Collections.Immutable;

namespace DeltaEdge.Telemetry.Health;

/// <summary>The process is ready when every registered condition is; parts register while they are built, before the host listens.</summary>
public sealed class ReadinessGate
{
    private readonly Lock _lock = new();
    private volatile ImmutableSortedDictionary<string, string?> _reasons = ImmutableSortedDictionary<string, string?>.Empty;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReady => _reasons.Values.All(reason => reason is null);

    /// <summary>What is not ready, by name.</summary>
    public ImmutableArray<NotReady> Missing => [.. _reasons.Where(r => r.Value is not null).Select(r => new NotReady(r.Key, r.Value!))];

    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    public ReadinessCondition Register(string name, string reason = "starting")
    {
        lock (_lock)
        {
            if (_reasons.ContainsKey(name))
            {
                throw new InvalidOperationException($"A readiness condition named {name} is registered already.");
            }

            Change_NeedsLock(_reasons.Add(name, reason));
        }

        return new(this, name);
    }

    /// <summary>Completes when every condition is ready.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (!IsReady)
        {
            Task change;
            lock (_lock)
            {
                if (IsReady)
                {
                    return;
                }

                change = _ready.Task;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    internal void Set(string name, string? reason)
    {
        lock (_lock)
        {
            Change_NeedsLock(_reasons.SetItem(name, reason));
        }
    }

    private void Change_NeedsLock(ImmutableSortedDictionary<string, string?> reasons)
    {
        _reasons = reasons;
        if (IsReady)
        {
            _ready.TrySetResult();
        }
        else if (_ready.Task.IsCompleted)
        {
            _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
