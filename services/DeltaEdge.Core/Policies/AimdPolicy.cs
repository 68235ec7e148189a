using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// One budget, and a cap on the asks in flight that is steered like a congestion window: one more after each second whose p95 was
/// within the SLA, 0.7 times as many after one whose p95 was not; who comes above the cap is refused. The cap grows only in seconds
/// in which it was reached (as RFC 7661 has it for TCP), so that a quiet hour does not open the door for the burst after it.
/// </summary>
/// <param name="budget">Visual tokens, within each group's range.</param>
/// <param name="start">Cap to begin with, asks.</param>
public sealed class AimdPolicy(int budget, int start = 8) : IServingPolicy
{
    private const double Decrease = 0.7;

    private readonly FixedPolicy _fixed = new(budget);
    private readonly OutcomeWindow _outcomes = new(TimeSpan.FromSeconds(10)); // Emptied each second; asks may be rarer.
    private readonly RecentFrames _frames = new();
    private Cadence _cadence = new(TimeSpan.FromSeconds(1));
    private double _cap = start;
    private bool _reached;

    public string Name => $"aimd-{budget}";

    /// <summary>Asks that may be in flight, at least 1.</summary>
    public int Cap => (int)_cap;

    public int Lowest(BudgetRange range) => _fixed.Lowest(range);

    public bool LetsIn(in AskArrival arrival)
    {
        Adjust(arrival.Now);
        if (_frames.Recall(arrival) is { } earlier)
        {
            return earlier;
        }

        _reached |= arrival.InFlight + 1 >= Cap;
        return _frames.Remember(arrival, arrival.InFlight < Cap);
    }

    public BudgetDecision Choose(in DispatchSituation situation) => _fixed.Choose(situation);

    public void Ended(in AskEnd ask)
    {
        Adjust(ask.Now);
        _outcomes.Add(ask);
    }

    private void Adjust(TimeSpan now)
    {
        if (!_cadence.Due(now))
        {
            return;
        }

        if (_outcomes.Percentile(now, 0.95) is { } p95)
        {
            _cap = p95 > 1 ? Math.Max(1, _cap * Decrease) : _reached ? _cap + 1 : _cap;
        }

        _outcomes.Clear();
        _reached = false;
    }
}
