using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// One worker, one variant, moved greedily: with more than 0.6 of the SLA to spare at the p99 one rung richer, with less than 0.05
/// one rung poorer, looked at each second over the last ten. After INFaaS (ATC 2021) in the accuracy-first form that Proteus
/// (ASPLOS 2024) compares with. The two thresholds are the slack parameters of Proteus' published artefact; there they are held
/// against load over peak throughput, here against latency, so it is INFaaS in spirit only. Starts at the richest rung.
/// </summary>
public sealed class InfaasAccuracyPolicy : IServingPolicy
{
    public const string PolicyName = "infaas-accuracy";

    private const double UpAbove = 0.6;
    private const double DownBelow = 0.05;

    private readonly OutcomeWindow _outcomes = new(TimeSpan.FromSeconds(10));
    private Cadence _cadence = new(TimeSpan.FromSeconds(1));
    private int _rung;

    public string Name => PolicyName;

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        if (_cadence.Due(situation.Now) && _outcomes.Percentile(situation.Now, 0.99) is { } p99)
        {
            var spare = 1 - p99;
            var step = spare > UpAbove ? -1 : spare < DownBelow ? 1 : 0;
            var moved = Math.Clamp(_rung + step, 0, situation.Profile.Ladder.Count - 1);
            if (moved != _rung)
            {
                _rung = moved;
                _outcomes.Clear(); // The new rung is judged by its own answers.
            }
        }

        return HeadDecision.At(situation, _rung);
    }

    public void Ended(in AskEnd ask) => _outcomes.Add(ask);
}
