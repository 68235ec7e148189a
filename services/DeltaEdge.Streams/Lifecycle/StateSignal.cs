using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Lifecycle;

/// <summary>A stream's state, and those who wait for one. A state that lasts a microsecond still wakes who waits for it.</summary>
internal sealed class StateSignal
{
    private readonly Lock _lock = new();
    private readonly List<(Func<StreamState, bool> IsWanted, TaskCompletionSource<StreamState> Found)> _waiting = [];
    private int _state;

    public StreamState State => (StreamState)Volatile.Read(ref _state);

    /// <returns>Whether the state changed.</returns>
    public bool Set(StreamState state, out StreamState before)
    {
        lock (_lock)
        {
            before = State;
            if (before == state)
            {
                return false;
            }

            Volatile.Write(ref _state, (int)state);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].IsWanted(state))
                {
                    _waiting[i].Found.TrySetResult(state);
                    _waiting.RemoveAt(i);
                }
            }

            return true;
        }
    }

    public async Task<StreamState> WaitAsync(Func<StreamState, bool> isWanted, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<StreamState>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (isWanted(State))
            {
                return State;
            }

            _waiting.Add((isWanted, found));
        }

        try
        {
            return await found.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiting.RemoveAll(w => w.Found == found);
            }
        }
    }
}
