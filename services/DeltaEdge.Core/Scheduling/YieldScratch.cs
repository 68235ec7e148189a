using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Scheduling;

/// <summary>What a look through the whole queue writes to, so that planning does not allocate. Guarded by the scheduler's lock.</summary>
internal sealed class YieldScratch
{
    public PendingGroup[] Groups { get; private set; } = [];

    public bool[] Yields { get; private set; } = [];

    public GroupWorth[] Worths { get; private set; } = [];

    /// <summary>Makes room for that many groups.</summary>
    public void Reserve(int count)
    {
        if (Groups.Length < count)
        {
            (Groups, Yields, Worths) = (new PendingGroup[count * 2], new bool[count * 2], new GroupWorth[count * 2]);
        }
    }
}
