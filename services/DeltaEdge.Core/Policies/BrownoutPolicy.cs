using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// A dimmer between the poorest (0) and the richest (1) rung, moved each half second by a PI controller on the share of the SLA
/// that the p95 since the last move left over (Brownout, ICSE 2014): theta += Kp * (e - last e) + Ki * e. Increments are added up and
/// the sum is held within 0 and 1, so nothing winds up at either end. What lies between two rungs is dithered by error diffusion.
/// </summary>
public sealed class BrownoutPolicy : IServingPolicy
{
    public const string PolicyName = "brownout";

    /// <summary>Answer to a change of the error. A p95 that goes from half the SLA to one and a half takes 0.4 of the range at once.</summary>
    public const double Kp = 0.4;

    /// <summary>Answer to the error that stays, per half second. From the poorest rung to the richest in about five seconds with half the SLA to spare.</summary>
    public const double Ki = 0.2;

    private readonly OutcomeWindow _outcomes = new(TimeSpan.FromSeconds(10)); // Emptied at each move; asks may be rarer.
    private Cadence _cadence = new(TimeSpan.FromMilliseconds(500));
    private double _theta = 1;
    private double? _lastError;
    private double _carry;

    public string Name => PolicyName;

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        if (_cadence.Due(situation.Now) && _outcomes.Percentile(situation.Now, 0.95) is { } p95)
        {
            var error = 1 - p95;
            _theta = Math.Clamp(_theta + (Kp * (error - (_lastError ?? error))) + (Ki * error), 0, 1);
            _lastError = error;
            _outcomes.Clear();
        }

        var wanted = ((1 - _theta) * (situation.Profile.Ladder.Count - 1)) + _carry;
        var rung = (int)Math.Round(wanted);
        _carry = wanted - rung;
        return HeadDecision.At(situation, rung);
    }

    public void Ended(in AskEnd ask) => _outcomes.Add(ask);
}
