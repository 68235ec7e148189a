using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Rules;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Streams;

/// <summary>
/// JSON to a valid <see cref="StreamSpec"/>, or the refusal to send back. Knows nothing of the streams that exist: a duplicate id is the
/// registry's business.
/// </summary>
public sealed class StreamSpecParser(SlaCatalog classes, TokenLadder ladder)
{
    public const double MinFps = 0.1;
    public const double MaxFps = 30;
    public const double DefaultFps = 2;

    /// <summary>The body of <c>POST /v1/streams</c>. Without an id the stream gets a random one. A field that no stream has is refused.</summary>
    /// <param name="json">The body.</param>
    /// <param name="terms">What headers say about the class.</param>
    public Result<StreamSpec> Parse(ReadOnlyMemory<byte> json, RequestTerms? terms = null) => Open(json, current: null, terms, isAccepted: false);

    /// <summary>A spec that was accepted before, as it is kept. Fields it does not know are ignored: a newer version may have written it.</summary>
    public Result<StreamSpec> Restore(ReadOnlyMemory<byte> json) => Open(json, current: null, terms: null, isAccepted: true);

    /// <summary>
    /// The body of <c>PATCH /v1/streams/{id}</c>: fields that are there replace, others stay; null puts the default back. A new class
    /// brings its deadline, floor and ceiling unless the patch names them or the stream had its own. A source or target as it is shown,
    /// without its credentials, stays as it is: whoever sends back what was read changes nothing by it.
    /// </summary>
    public Result<StreamSpec> Patch(StreamSpec current, ReadOnlyMemory<byte> json, RequestTerms? terms = null) => Open(json, current, terms, isAccepted: false);

    private Result<StreamSpec> Open(ReadOnlyMemory<byte> json, StreamSpec? current, RequestTerms? terms, bool isAccepted)
    {
        if (!JsonFields.TryOpen(json, out var document, out var error))
        {
            return error;
        }

        using (document)
        {
            return !isAccepted && StreamFields.Check(document.RootElement) is { } unknown
                ? unknown
                : Read(new JsonFields(document.RootElement), current, terms ?? RequestTerms.None);
        }
    }

    private Result<StreamSpec> Read(JsonFields fields, StreamSpec? current, RequestTerms terms)
    {
        if (!ReadId(fields, current).TryGet(out var id, out var error)
            || !ReadSource(fields, current).TryGet(out var source, out error)
            || !ReadClass(fields, current, terms).TryGet(out var slaClass, out error))
        {
            return error;
        }

        // The class that the current values came from, to tell an own value from an inherited one.
        var old = classes.Find(current?.SlaClass) ?? slaClass;
        var (range, oldRange) = (slaClass.RangeOn(ladder), old.RangeOn(ladder));
        if ((error = QuestionListParser.Read(fields, current?.Questions, out var questions)) is not null
            || (error = fields.ReadNumber("fps", MinFps, MaxFps, DefaultFps, current?.Fps, out var fps)) is not null
            || (error = fields.ReadInteger("deadline_ms", SlaClass.MinDeadlineMs, SlaClass.MaxDeadlineMs, slaClass.DeadlineMs, Own(current?.DeadlineMs, old.DeadlineMs), out var deadlineMs)) is not null
            || (error = ReadBudget(fields, "min_tokens", range.Floor, Own(current?.Range.Floor, oldRange.Floor), out var floor)) is not null
            || (error = ReadBudget(fields, "max_tokens", range.Ceiling, Own(current?.Range.Ceiling, oldRange.Ceiling), out var ceiling)) is not null
            || (error = fields.ReadFlag("loop", true, current?.Loop, out var loop)) is not null
            || (error = ReadTransport(fields, current, out var transport)) is not null
            || (error = GateParser.Read(fields, current?.Gate, out var gate)) is not null
            || (error = RuleListParser.Read(fields, questions, current?.Rules, out var rules)) is not null
            || (error = TargetListParser.Read(fields, current?.Deliver, out var deliver)) is not null)
        {
            return error;
        }

        if (floor > ceiling)
        {
            var param = fields.Has("min_tokens") || !fields.Has("max_tokens") ? "min_tokens" : "max_tokens";
            return ApiError.Invalid(param, $"min_tokens ({floor}) is above max_tokens ({ceiling}). Allowed: min_tokens up to max_tokens, both of {ladder}.");
        }

        return new StreamSpec
        {
            Id = id,
            Source = source,
            Questions = questions,
            Fps = fps,
            SlaClass = slaClass.Name,
            DeadlineMs = deadlineMs,
            Range = new BudgetRange(floor, ceiling),
            Loop = loop,
            Transport = transport,
            Gate = gate,
            Rules = rules,
            Deliver = deliver,
        };
    }

    private static Result<string> ReadId(JsonFields fields, StreamSpec? current)
    {
        if (!fields.Has("id"))
        {
            return current?.Id ?? $"cam-{Guid.NewGuid():n}"[..16];
        }

        if (!fields.TryText("id", out var id))
        {
            return ApiError.Invalid("id", $"id is not a string. {StreamIds.Allowed}");
        }

        if (!StreamIds.IsValid(id))
        {
            return ApiError.Invalid("id", $"id is not a valid stream id. {StreamIds.Allowed}");
        }

        return current is not null && id != current.Id
            ? ApiError.Invalid("id", $"A stream's id cannot change; this is {current.Id}. Allowed: leave id out.")
            : id;
    }

    private static Result<string> ReadSource(JsonFields fields, StreamSpec? current)
    {
        if (!fields.Has("source") && current is not null)
        {
            return current.Source;
        }

        return fields.TryText("source", out var source) && source.Length > 0
            ? source == current?.SourceDisplay ? current.Source : SourceSyntax.Check(source)
            : ApiError.Invalid("source", $"source is missing or not a string. Allowed: {SourceSyntax.Allowed}.", "missing_required_parameter");
    }

    private static ApiError? ReadTransport(JsonFields fields, StreamSpec? current, out StreamTransport transport)
    {
        transport = fields.IsAbsent("transport") ? current?.Transport ?? StreamTransport.Tcp : StreamTransport.Tcp;
        if (!fields.Has("transport"))
        {
            return null;
        }

        if (fields.TryText("transport", out var name) && StreamTransports.Find(name) is { } found)
        {
            transport = found;
            return null;
        }

        return ApiError.Invalid("transport", $"transport is not a way for RTSP media to travel. Allowed: {StreamTransports.Allowed}.");
    }

    private Result<SlaClass> ReadClass(JsonFields fields, StreamSpec? current, RequestTerms terms)
    {
        if (!fields.Has("sla_class"))
        {
            return current is not null && fields.IsAbsent("sla_class") && classes.Find(current.SlaClass) is { } kept
                ? kept
                : ClassChoice.Choose(classes, null, "sla_class", terms);
        }

        return fields.TryText("sla_class", out var name) && classes.Find(name) is not null
            ? ClassChoice.Choose(classes, name, "sla_class", terms)
            : ApiError.Invalid("sla_class", $"sla_class is not a known service level. Allowed: {classes.Allowed}.");
    }

    private ApiError? ReadBudget(JsonFields fields, string name, int standard, int? current, out int value) =>
        fields.ReadInteger(name, ladder.Smallest, ladder.Largest, standard, current, out value) is not null || !ladder.Contains(value)
            ? ApiError.Invalid(name, $"{name} is not a budget of this model. Allowed: {ladder}.")
            : null;

    private static int? Own(int? value, int inherited) => value == inherited ? null : value;
}
