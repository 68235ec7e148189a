namespace DeltaEdge.Core.Policies;

/// <summary>
/// A batch that a policy chose as a whole, while the engine takes its groups one by one: the rest of it goes as decided, unless it
/// took longer than planned, for then what waits is no longer what was decided about.
/// </summary>
internal struct BatchInProgress
{
    private int _left;
    private TimeSpan _until;

    /// <param name="groups">Groups in the batch, the head that is dispatched now included.</param>
    /// <param name="until">When the batch should be through.</param>
    public void Begin(int groups, TimeSpan until) => (_left, _until) = (groups - 1, until);

    /// <summary>Whether the next group still belongs to the batch; counts it if so.</summary>
    public bool TakesNext(TimeSpan now)
    {
        _left = now > _until ? 0 : _left;
        if (_left <= 0)
        {
            return false;
        }

        _left--;
        return true;
    }
}
