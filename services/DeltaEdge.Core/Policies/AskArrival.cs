namespace DeltaEdge.Core.Policies;

/// <summary>An ask at the door.</summary>
/// <param name="Now">Arrival, on the scale of deadlines.</param>
/// <param name="Deadline">When the answer stops being of use.</param>
/// <param name="Stream">Key of the stream it comes from; 0 if it names none.</param>
/// <param name="Frame">Key of its frame.</param>
/// <param name="InFlight">Asks that wait or are being answered, this one not counted.</param>
/// <param name="OldestWaitSeconds">How long the longest-waiting ask of its own stream has waited since capture; 0 if none waits.</param>
public readonly record struct AskArrival(TimeSpan Now, TimeSpan Deadline, ulong Stream, UInt128 Frame, int InFlight, double OldestWaitSeconds);
