using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Scheduling;

/// <summary>Questions that wait for one frame under one promise, most urgent first. Guarded by the scheduler's lock.</summary>
/// <param name="key">What its asks agree on.</param>
/// <param name="founder">The ask that opens it, not yet added; its frame is every ask's.</param>
public sealed class WaitingGroup(GroupKey key, PendingAsk founder)
{
    private readonly List<PendingAsk> _asks = new(1); // Most groups have one.
    private double[] _values = [];
    private int _floor = 1;
    private int _answerTokens = 1;

    public GroupKey Key { get; } = key;

    /// <summary>The ask that opened it, whether or not it still waits.</summary>
    public PendingAsk Founder { get; } = founder;

    public int Count => _asks.Count;

    public TimeSpan Deadline => _asks[0].Deadline;

    /// <summary>When the first of its asks came.</summary>
    public TimeSpan ArrivedAt { get; private set; } = TimeSpan.MaxValue;

    public IReadOnlyList<PendingAsk> Asks => _asks;

    /// <summary>True once this group's own encoding put the frame into the cache, so that only the others count as hits.</summary>
    public bool Encoded { get; set; }

    /// <summary>The longest answer that its asks are expected to give, tokens.</summary>
    public int AnswerTokens => _answerTokens;

    /// <summary>The highest floor of its kinds, visual tokens.</summary>
    public int KindFloor => _floor;

    public void Add(PendingAsk ask)
    {
        var index = _asks.Count;
        while (index > 0 && _asks[index - 1].Deadline > ask.Deadline)
        {
            index--;
        }

        _asks.Insert(index, ask);
        ArrivedAt = ask.ArrivedAt < ArrivedAt ? ask.ArrivedAt : ArrivedAt;
        Sum();
    }

    public bool Remove(PendingAsk ask)
    {
        var removed = _asks.Remove(ask);
        Sum();
        return removed;
    }

    public PendingAsk TakeFirst()
    {
        var ask = _asks[0];
        _asks.RemoveAt(0);
        Sum();
        return ask;
    }

    /// <summary>Notes on every ask how long its frame's encoding took.</summary>
    public void NoteEncoding(TimeSpan time)
    {
        foreach (var ask in _asks)
        {
            ask.EncodeTime = time;
        }
    }

    /// <param name="range">Its range inside the plan's and above its kinds' floors.</param>
    /// <param name="cached">Whether its frame is encoded.</param>
    /// <param name="planned">Whether the plan set the ceiling.</param>
    public PendingGroup View(BudgetRange range, bool cached, bool planned) => new(Deadline, range, cached, Count, _answerTokens, planned, _values);

    /// <summary>One ask's own curve is shared, not copied: most groups have one.</summary>
    private void Sum()
    {
        (_floor, _answerTokens) = (1, 1);
        if (_asks.Count == 1)
        {
            _values = _asks[0].Quality.Values;
        }
        else if (_asks.Count > 1)
        {
            _values = new double[_asks[0].Quality.Values.Length];
        }

        foreach (var ask in _asks)
        {
            _floor = Math.Max(_floor, ask.Quality.Floor);
            _answerTokens = Math.Max(_answerTokens, ask.ExpectedTokens);
            for (var rung = 0; rung < _values.Length && _asks.Count > 1; rung++)
            {
                _values[rung] += ask.Quality.Values[rung];
            }
        }
    }
}
