namespace DeltaEdge.Core.Policies;

/// <summary>Who may wait.</summary>
public enum DoorRule
{
    /// <summary>Everyone, as far as the queue's limit; what expires is dropped before it costs anything.</summary>
    Open = 0,

    /// <summary>Those that are predicted to be on time with everything before them at its lowest budget.</summary>
    Predicted = 1,

    /// <summary>The newest frame of each stream: it takes the place of the one that waits.</summary>
    NewestPerStream = 2,

    /// <summary>Everyone, as far as the queue's limit; when not all can be on time, those of least worth give way (<see cref="Scheduling.YieldRule"/>).</summary>
    Yielding = 3,
}
