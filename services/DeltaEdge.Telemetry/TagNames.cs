namespace DeltaEdge.Telemetry;

/// <summary>Label names. Their values are bounded sets; a stream's id only ever goes on counters and gauges.</summary>
public static class TagNames
{
    public const string Budget = "budget";
    public const string Direction = "direction";
    public const string Error = "error";
    public const string Heap = "heap";
    public const string Instrument = "instrument";
    public const string Kind = "kind";
    public const string Model = "model";
    public const string Operation = "operation";
    public const string Outcome = "outcome";
    public const string Phase = "phase";
    public const string QuestionKind = "question_kind";
    public const string Reason = "reason";
    public const string Route = "route";
    public const string Sink = "sink";
    public const string SlaClass = "sla_class";
    public const string Stage = "stage";
    public const string State = "state";
    public const string Status = "status";
    public const string Stream = "stream";
}
