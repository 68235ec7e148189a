
namespace DeltaEdge.Core.Profiles;

/// <summary>
/// Keeps the measured profile true while the machine's speed drifts: observed over predicted seconds, both forgotten
/// exponentially, so that long steps weigh as much as the time they take. The engine's thread writes, anyone reads.
/// </summary>
public sealed class ProfileTracker
{
    /// <summary>Bounds of the correction: beyond them something other than drift is going on, such as a stopped process.</summary>
    public const double Lowest = 0.5;

    /// <inheritdoc cref="Lowest"/>
    public const double Highest = 4;

    /// <summary>Predicted seconds after which an observation has lost 63 % of its weight.</summary>
    private const double MemorySeconds = 1;

    /// <summary>Smallest relative change that is worth a new snapshot.</summary>
    private const double Worth = 0.02;

    private readonly LatencyProfile _measured;
    private volatile LatencyProfile _current;
    private double _observed;
    private double _predicted = MemorySeconds;

    public ProfileTracker(LatencyProfile measured)
    {
        _measured = _current = measured;
        _observed = MemorySeconds * measured.Correction;
    }

    public LatencyProfile Current => _current;

    /// <param name="predictedSeconds">What the measured profile says, without correction.</param>
    /// <param name="observedSeconds">What it took.</param>
    public void Observe(double predictedSeconds, double observedSeconds)
    {
        if (predictedSeconds <= 0)
        {
            return;
        }

        var keep = Math.Exp(-predictedSeconds / MemorySeconds);
        _observed = (_observed * keep) + Math.Min(observedSeconds, predictedSeconds * 4 * Highest);
        _predicted = (_predicted * keep) + predictedSeconds;
        var correction = Math.Clamp(_observed / _predicted, Lowest, Highest);
        if (Math.Abs(correction - _current.Correction) > Worth * _current.Correction)
        {
            _current = _measured with { Correction = correction };
        }
    }
}
