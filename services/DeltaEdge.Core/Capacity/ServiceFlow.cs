namespace DeltaEdge.Core.Capacity;

/// <summary>Frames that cost the engine the same and have the same deadline.</summary>
/// <param name="FramesPerSecond">Arrivals.</param>
/// <param name="Seconds">Engine seconds of one frame and all its questions.</param>
/// <param name="DeadlineSeconds">Seconds from capture to answer.</param>
public readonly record struct ServiceFlow(double FramesPerSecond, double Seconds, double DeadlineSeconds)
{
    /// <summary>Share of the engine's time.</summary>
    public double Utilisation => FramesPerSecond * Seconds;
}
