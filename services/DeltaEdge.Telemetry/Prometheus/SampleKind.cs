namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>How a family's measurements become a sample.</summary>
internal enum SampleKind
{
    /// <summary>Measurements are added up and never fall: TYPE counter.</summary>
    Counter,

    /// <summary>Measurements are added up and may fall: TYPE gauge.</summary>
    UpDown,

    /// <summary>The last measurement stands: TYPE gauge.</summary>
    Gauge,

    /// <summary>A running total that the instrument itself keeps: TYPE counter.</summary>
    ObservedCounter,

    /// <summary>Measurements fall into buckets: TYPE histogram.</summary>
    Histogram,
}
