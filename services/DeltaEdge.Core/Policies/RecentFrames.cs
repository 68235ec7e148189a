namespace DeltaEdge.Core.Policies;

/// <summary>
/// Remembers what was said to the last frames at the door, so that all asks about one frame get one answer and a frame is counted
/// once. The same image that is asked about anew, with a deadline of its own, is a new arrival.
/// </summary>
internal sealed class RecentFrames
{
    private const int Capacity = 64;

    private readonly (ulong Stream, UInt128 Frame, TimeSpan Deadline, bool LetIn)[] _ring = new (ulong, UInt128, TimeSpan, bool)[Capacity];
    private int _next;
    private int _count;

    /// <summary>The answer that this frame got; null if it is new.</summary>
    public bool? Recall(in AskArrival arrival)
    {
        for (var i = 0; i < _count; i++)
        {
            ref readonly var seen = ref _ring[i];
            if (seen.Frame == arrival.Frame && seen.Stream == arrival.Stream && seen.Deadline == arrival.Deadline)
            {
                return seen.LetIn;
            }
        }

        return null;
    }

    /// <summary>Notes the answer to a new frame, and gives it back.</summary>
    public bool Remember(in AskArrival arrival, bool letIn)
    {
        _ring[_next] = (arrival.Stream, arrival.Frame, arrival.Deadline, letIn);
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
        return letIn;
    }
}
