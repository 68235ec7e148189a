using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Observing;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>Keeps every change of state and removal, and throws afterwards: a bad observer is no reason for a stream to stop.</summary>
internal sealed class SeenStates : IStreamObserver
{
    private readonly Lock _lock = new();
    private readonly List<StateChange> _changes = [];
    private readonly List<string> _removed = [];

    public StateChange[] Changes
    {
        get
        {
            lock (_lock)
            {
                return [.. _changes];
            }
        }
    }

    public string[] Removed
    {
        get
        {
            lock (_lock)
            {
                return [.. _removed];
            }
        }
    }

    public void OnAnswer(StreamSpec spec, StreamAnswer answer, CapturedFrame frame)
    {
    }

    public void OnState(StreamSpec spec, StateChange change, DateTimeOffset at)
    {
        lock (_lock)
        {
            _changes.Add(change);
        }

        throw new InvalidOperationException("An observer's bug.");
    }

    public void OnRemoved(StreamSpec spec)
    {
        lock (_lock)
        {
            _removed.Add(spec.Id);
        }

        throw new InvalidOperationException("An observer's bug.");
    }
}
