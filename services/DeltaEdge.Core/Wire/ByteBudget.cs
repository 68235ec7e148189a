namespace DeltaEdge.Core.Wire;

/// <summary>So many bytes for many takers at once.</summary>
public sealed class ByteBudget(long bytes)
{
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Whether they were left; if not, nothing is taken.</summary>
    public bool TryTake(long more)
    {
        if (Interlocked.Add(ref _taken, more) <= bytes)
        {
            return true;
        }

        GiveBack(more);
        return false;
    }

    public void GiveBack(long taken) => Interlocked.Add(ref _taken, -taken);
}
