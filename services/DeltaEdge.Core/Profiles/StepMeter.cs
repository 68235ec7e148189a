using DeltaEdge.Core.Scheduling;

namespace DeltaEdge.Core.Profiles;

/// <summary>Adds up what an engine's steps take. The engine's thread adds, anyone reads; one short lock between them.</summary>
public sealed class StepMeter
{
    private readonly Lock _gate = new();
    private EngineSteps _totals;

    /// <summary>Sums over all steps so far.</summary>
    public EngineSteps Totals
    {
        get
        {
            lock (_gate)
            {
                return _totals;
            }
        }
    }

    /// <param name="stage">Encode, prefill or decode.</param>
    /// <param name="predictedSeconds">What the measured profile says, without correction; a step of which it says nothing is left out.</param>
    /// <param name="observedSeconds">What it took.</param>
    public void Add(StepKind stage, double predictedSeconds, double observedSeconds)
    {
        if (predictedSeconds <= 0)
        {
            return;
        }

        lock (_gate)
        {
            _totals = stage switch
            {
                StepKind.Encode => _totals with { Encode = _totals.Encode.With(predictedSeconds, observedSeconds) },
                StepKind.Prefill => _totals with { Prefill = _totals.Prefill.With(predictedSeconds, observedSeconds) },
                _ => _totals with { Decode = _totals.Decode.With(predictedSeconds, observedSeconds) },
            };
        }
    }
}
