using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Inference.Scheduling;

/// <summary>Questions that wait for one frame under one promise, most urgent first. Guarded by the scheduler's lock.</summary>
internal sealed class WaitingGroup(GroupKey key, VisionFrame frame)
{
    private readonly List<Ask> _asks = [];

    public GroupKey Key { get; } = key;

    public VisionFrame Frame { get; } = frame;

    public int Count => _asks.Count;

    public TimeSpan Deadline => _asks[0].Deadline;

    public IReadOnlyList<Ask> Asks => _asks;

    /// <summary>True once this group's own encoding put the frame into the cache, so that only the others count as hits.</summary>
    public bool Encoded { get; set; }

    public void Add(Ask ask)
    {
        var index = _asks.Count;
        while (index > 0 && _asks[index - 1].Deadline > ask.Deadline)
        {
            index--;
        }

        _asks.Insert(index, ask);
    }

    public bool Remove(Ask ask) => _asks.Remove(ask);

    public Ask TakeFirst()
    {
        var ask = _asks[0];
        _asks.RemoveAt(0);
        return ask;
    }

    /// <summary>The longest answer that its asks are expected to give.</summary>
    public int AnswerTokens()
    {
        var longest = 1;
        foreach (var ask in _asks)
        {
            longest = Math.Max(longest, ask.ExpectedTokens);
        }

        return longest;
    }

    /// <param name="range">Its range inside the plan's.</param>
    /// <param name="cached">Whether its frame is encoded.</param>
    public PendingGroup View(BudgetRange range, bool cached) => new(Deadline, range, cached, Count, AnswerTokens(), range.Ceiling < Key.Range.Ceiling);
}
