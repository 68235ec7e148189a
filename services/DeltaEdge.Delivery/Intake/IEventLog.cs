using DeltaEdge.Core.Events;

namespace DeltaEdge.Delivery.Intake;

/// <summary>Where events that arise here are put for the readers of their stream's log.</summary>
public interface IEventLog
{
    /// <summary>Returns at once.</summary>
    void Append(StreamEvent happened);
}
