namespace DeltaEdge.Delivery.Pumping;

/// <param name="Timeout">Longest time of one attempt.</param>
/// <param name="RetryMin">Longest wait before the first retry.</param>
/// <param name="RetryMax">Longest wait before any retry.</param>
/// <param name="MaxAge">How long a message may wait before it is given up.</param>
internal sealed record PumpTuning(TimeSpan Timeout, TimeSpan RetryMin, TimeSpan RetryMax, TimeSpan MaxAge)
{
    public static PumpTuning Of(DeliveryOptions options) => new(
        TimeSpan.FromSeconds(options.TimeoutSeconds), TimeSpan.FromSeconds(options.RetryMinSeconds),
        TimeSpan.FromSeconds(options.RetryMaxSeconds), TimeSpan.FromHours(options.MaxAgeHours));
}
