namespace DeltaEdge.Streams.Lifecycle;

/// <summary>What a stream needs of <see cref="StreamsOptions"/>, copied once.</summary>
internal sealed record StreamTuning
{
    public StreamTuning(StreamsOptions options)
    {
        Side = options.ImageSize;
        CaptureFps = options.CaptureFps;
        MaxInFlight = options.MaxInFlight;
        ConnectTimeout = TimeSpan.FromSeconds(options.ConnectTimeoutSeconds);
        StallTimeout = TimeSpan.FromSeconds(options.StallSeconds);
        MinBackoff = TimeSpan.FromSeconds(options.ReconnectMinSeconds);
        MaxBackoff = TimeSpan.FromSeconds(options.ReconnectMaxSeconds);
    }

    public int Side { get; }

    public double CaptureFps { get; }

    public int MaxInFlight { get; }

    public TimeSpan ConnectTimeout { get; }

    public TimeSpan StallTimeout { get; }

    public TimeSpan MinBackoff { get; }

    public TimeSpan MaxBackoff { get; }
}
