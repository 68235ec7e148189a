using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// Proteus (ASPLOS 2024) with token budgets for variants and one worker. Slow: every ten seconds, and every second of the
/// first ten, when little is known of the demand, the budget of most accuracy whose throughput, in batches that take less than half the SLA, covers 1.05 times the smoothed
/// demand; where none does the factor goes down in steps of 0.05, at last the cheapest. Fast (its adaptive batching): a batch waits
/// for more until its head's last safe start. Demand is frames at the door, the SLA is the mean time that those had since the last
/// solution, accuracy the mean of all groups seen; a batch is of groups like its head.
/// </summary>
public sealed class ProteusPolicy(TokenLadder ladder) : IServingPolicy
{
    public const string PolicyName = "proteus";

    /// <summary>Demand is planned for with 21 to 1 twentieths of it: 1.05, 1.00, …, 0.05.</summary>
    private const int MostTwentieths = 21;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly ArrivalRate _demand = new();
    private readonly RecentFrames _frames = new();
    private readonly double[] _accuracy = new double[ladder.Count];
    private Cadence _cadence = new(Period);
    private Cadence _atFirst = new(TimeSpan.FromSeconds(1));
    private TimeSpan? _firstUntil;
    private BatchInProgress _batch;
    private double _questionsValued;
    private TimeSpan? _lastHead;
    private double _slackSum;
    private int _slackCount;
    private double? _slaSeconds;
    private int? _rung;

    public string Name => PolicyName;

    public bool LetsIn(in AskArrival arrival)
    {
        if (_frames.Recall(arrival) is null)
        {
            _frames.Remember(arrival, true);
            _demand.Count(arrival.Now);
            _slackSum += (arrival.Deadline - arrival.Now).TotalSeconds;
            _slackCount++;
        }

        return true;
    }

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        Learn(situation.Queue[0]);
        _firstUntil ??= situation.Now + Period;
        var early = _atFirst.Due(situation.Now) && situation.Now < _firstUntil;
        if (_cadence.Due(situation.Now) || early || _rung is null)
        {
            _rung = Solve(situation);
        }

        var rung = HeadDecision.Within(situation, _rung.Value);
        if (_batch.TakesNext(situation.Now))
        {
            return HeadDecision.At(situation, rung);
        }

        var (profile, head) = (situation.Profile, situation.Queue[0]);
        var most = MostGroups(profile, rung, head);
        var groups = Math.Min(situation.Queue.Length, most);
        while (groups > 1 && LastStart(profile, rung, groups, head) < situation.Now)
        {
            groups--; // A newcomer made the batch too large for its head: it goes without.
        }

        var full = groups == most || groups < situation.Queue.Length;
        var start = LastStart(profile, rung, groups, head);
        if (!full && start > situation.Now)
        {
            return HeadDecision.At(situation, rung, start);
        }

        _batch.Begin(groups, situation.Now + TimeSpan.FromSeconds(BatchLatency.Planned(profile, rung, groups, head)));
        return HeadDecision.At(situation, rung);
    }

    private static TimeSpan LastStart(LatencyProfile profile, int rung, int groups, in PendingGroup head) =>
        head.Deadline - TimeSpan.FromSeconds(BatchLatency.Planned(profile, rung, groups, head));

    private int MostGroups(LatencyProfile profile, int rung, in PendingGroup head) =>
        Math.Max(1, BatchLatency.LargestWithin(profile, rung, _slaSeconds.GetValueOrDefault() / 2, head.Questions, head.AnswerTokens));

    /// <summary>What accuracy the rungs have, from groups as they come to the head; one that is asked about again is not counted again.</summary>
    private void Learn(in PendingGroup head)
    {
        if (head.Values is not { } values || values.Length != _accuracy.Length || head.Deadline == _lastHead)
        {
            return;
        }

        _lastHead = head.Deadline;
        _questionsValued += head.Questions;
        for (var rung = 0; rung < values.Length; rung++)
        {
            _accuracy[rung] += values[rung];
        }
    }

    private int Solve(in DispatchSituation situation)
    {
        var (profile, head) = (situation.Profile, situation.Queue[0]);
        _slaSeconds = _slackCount > 0 ? _slackSum / _slackCount : _slaSeconds ?? (head.Deadline - situation.Now).TotalSeconds;
        (_slackSum, _slackCount) = (0, 0);
        var demand = _demand.PerSecond(situation.Now);
        for (var twentieths = MostTwentieths; twentieths > 0; twentieths--)
        {
            if (MostAccurate(profile, head, demand * twentieths / 20) is { } rung)
            {
                return rung;
            }
        }

        return ladder.Count - 1;
    }

    /// <summary>The cheapest of the most accurate rungs that carry so many groups per second; null if none does.</summary>
    private int? MostAccurate(LatencyProfile profile, in PendingGroup head, double demand)
    {
        int? best = null;
        for (var rung = ladder.Count - 1; rung >= 0; rung--)
        {
            var groups = BatchLatency.LargestWithin(profile, rung, _slaSeconds.GetValueOrDefault() / 2, head.Questions, head.AnswerTokens);
            var carries = groups > 0 && groups >= demand * BatchLatency.Seconds(profile, rung, groups, head.Questions, head.AnswerTokens);
            if (carries && (best is null || Accuracy(rung) > Accuracy(best.Value)))
            {
                best = rung;
            }
        }

        return best;
    }

    /// <summary>Mean expected accuracy of a question; while nothing is known, richer is better.</summary>
    private double Accuracy(int rung) => _questionsValued > 0 ? _accuracy[rung] / _questionsValued : -rung;
}
