namespace DeltaEdge.Telemetry.Tracing;

/// <summary>Names of spans. docs/monitoring.md shows which is whose child.</summary>
public static class SpanNames
{
    public const string Frame = "frame";
    public const string Ingest = "ingest";
    public const string Gate = "gate";
    public const string Ask = "ask";
    public const string Queue = "queue";
    public const string Encode = "encode";
    public const string Project = "project";
    public const string Prefill = "prefill";
    public const string Decode = "decode";
    public const string Sink = "sink";
}
