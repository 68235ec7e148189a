namespace DeltaEdge.Core.Streams;

/// <summary>Where a camera stands. Lower-case names on the wire and in metrics.</summary>
public enum StreamState
{
    Connecting = 0,
    Running = 1,
    Stalled = 2,
    Reconnecting = 3,
    Paused = 4,
    Failed = 5,
    Ended = 6,
}
