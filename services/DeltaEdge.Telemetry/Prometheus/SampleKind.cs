namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>How a family's measurements become a sample.</summary>
internal enum SampleKind
{
    /// <summary>Measurements are added up, or a running total is observed; it never falls: TYPE counter.</summary>
    Counter,

    /// <summary>Measurements are added up and may fall: TYPE gauge.</summary>
    UpDown,

    /// <summary>The last measurement stands: TYPE gauge.</summary>
    Gauge,

    /// <summary>Measurements fall into buckets: TYPE histogram.</summary>
    Histogram,
}
