using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Worker.Serving;

namespace DeltaEdge.Worker.Chat;

/// <summary>
/// Reads OpenAI's chat completion request plus the <c>deltaedge</c> extension object. Of OpenAI's request, fields that this server does
/// not know are accepted and ignored, as clients send many; fields that it knows and cannot honour, and unknown ones of the extension, are
/// refused by name.
/// </summary>
internal sealed class ChatRequestParser(ModelNames models, TokenLadder ladder, SlaCatalog catalog, StreamKeys streams, TimeProvider time, bool takesUrls = false)
{
    public const int LongestDeadlineMs = 600_000;

    private static readonly KnownFields Extension = new(
        "deltaedge", ["sla_class", "deadline_ms", "budget", "min_tokens", "max_tokens", "question_kind", "captured_at", "stream_id"]);

    private static readonly TimeSpan OldestCapture = TimeSpan.FromHours(1);

    /// <param name="body">The parsed body.</param>
    /// <param name="terms">What headers say; the body's own class and deadline win.</param>
    public Result<ChatRequest> Parse(JsonElement body, RequestTerms terms)
    {
        try
        {
            return Read(body, terms);
        }
        catch (InvalidOperationException)
        {
            // The one thing that valid JSON can hold and a string cannot: an escape for half a character.
            return ApiError.Invalid("body", "A text in the body holds half of a UTF-16 surrogate pair.", "invalid_unicode");
        }
    }

    private Result<ChatRequest> Read(JsonElement body, RequestTerms said)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return ApiError.Invalid("body", "The body must be a JSON object.");
        }

        var fields = new JsonFields(body, "");
        var model = fields.String("model");
        var choices = fields.Int("n", 1, 1);
        var maxTokens = fields.Int("max_completion_tokens", 1, 4096) ?? fields.Int("max_tokens", 1, 4096);
        var stream = fields.Bool("stream") ?? false;
        var includeUsage = fields.Object("stream_options") is { } so && so.TryGetProperty("include_usage", out var iu) && iu.ValueKind == JsonValueKind.True;
        var tier = fields.String("service_tier");
        var extension = fields.Object("deltaedge");
        if ((fields.Error ?? ChatDemands.Refuse(body) ?? Extension.Check(extension ?? default, "deltaedge.")) is { } error)
        {
            return error;
        }

        if (model is not null && !models.Contains(model))
        {
            return ApiError.NotFound($"The model '{Shorten(model)}' is not served here; '{models.Current}' is.", "model_not_found") with { Param = "model" };
        }

        if (!ParseTerms(extension, tier, said).TryGet(out var terms, out error) || !ChatContentParser.Parse(body, takesUrls).TryGet(out var content, out error))
        {
            return error;
        }

        return new ChatRequest
        {
            Question = content.Question,
            Kind = terms.Kind ?? QuestionClassifier.Classify(content.Question),
            ImageBytes = content.ImageBytes,
            ImageUrl = content.ImageUrl,
            Range = content.Detail switch
            {
                "high" or "original" => new(terms.Range.Ceiling, terms.Range.Ceiling),
                _ => terms.Range,
            },
            WantsLeast = content.Detail == "low",
            Sla = terms.Sla,
            DeadlineMs = terms.DeadlineMs,
            CapturedAgo = terms.CapturedAgo,
            StreamKey = terms.StreamKey,
            MaxNewTokens = maxTokens,
            Stream = stream,
            IncludeUsage = includeUsage,
        };
    }

    private Result<Terms> ParseTerms(JsonElement? extension, string? tier, RequestTerms said)
    {
        var fields = new JsonFields(extension ?? default, "deltaedge.");
        string? className = null, kindName = null, capturedText = null, streamId = null;
        int? deadline = null;
        if (extension is { } given)
        {
            className = fields.String("sla_class");
            kindName = fields.String("question_kind");
            capturedText = fields.String("captured_at");
            streamId = fields.String("stream_id");
            deadline = fields.Int("deadline_ms", 1, LongestDeadlineMs);
            if (fields.Error is { } error)
            {
                return error;
            }
        }

        if (!ClassChoice.Choose(catalog, className ?? tier, className is null ? "service_tier" : "deltaedge.sla_class", said).TryGet(out var sla, out var classError))
        {
            return classError;
        }

        if (!ParseRange(extension, sla.RangeOn(ladder)).TryGet(out var range, out var rangeError))
        {
            return rangeError;
        }

        var kind = QuestionKind.Other;
        if (kindName is not null && !QuestionKinds.TryParse(kindName, out kind))
        {
            return ApiError.Invalid("deltaedge.question_kind", $"'deltaedge.question_kind' must be one of: {QuestionKinds.Allowed}.");
        }

        if (streamId is not null && !StreamIds.IsValid(streamId))
        {
            return ApiError.Invalid("deltaedge.stream_id", $"'deltaedge.stream_id' is not a valid stream id. {StreamIds.Allowed}");
        }

        if (deadline is null && said.DeadlineMs is { } header)
        {
            if (!int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) || ms is < 1 or > LongestDeadlineMs)
            {
                return ApiError.Invalid(said.DeadlineHeader, $"The header must be an integer from 1 to {LongestDeadlineMs}.");
            }

            deadline = ms;
        }

        if (!ParseCapture(capturedText).TryGet(out var ago, out var captureError))
        {
            return captureError;
        }

        return new Terms(sla, deadline ?? sla.DeadlineMs, range.Value, kindName is null ? null : kind, ago.Value, streamId is null ? 0 : streams.KeyOf(streamId, said.Tenant));
    }

    /// <summary>The budget or the limits that a request names; each limit that it does not is its class's.</summary>
    private Result<Box<BudgetRange>> ParseRange(JsonElement? given, BudgetRange classRange)
    {
        if (given is not { } extension)
        {
            return new Box<BudgetRange>(classRange);
        }

        int? budget = null;
        if (extension.TryGetProperty("budget", out var named) && named.ValueKind != JsonValueKind.Null && !(named.ValueKind == JsonValueKind.String && named.ValueEquals("auto")))
        {
            if (named.ValueKind != JsonValueKind.Number || !named.TryGetInt32(out var fixedBudget) || !ladder.Contains(fixedBudget))
            {
                return ApiError.Invalid("deltaedge.budget", $"'deltaedge.budget' must be \"auto\" or one of: {ladder}.", "unknown_budget");
            }

            budget = fixedBudget;
        }

        var fields = new JsonFields(extension, "deltaedge.");
        var ownFloor = fields.Int("min_tokens", ladder.Smallest, ladder.Largest);
        var ownCeiling = fields.Int("max_tokens", ladder.Smallest, ladder.Largest);
        if (fields.Error is { } error)
        {
            return error;
        }

        if (budget is { } only)
        {
            return (ownFloor ?? only) <= only && (ownCeiling ?? only) >= only
                ? new Box<BudgetRange>(new(only, only))
                : ApiError.Invalid("deltaedge.budget", $"'deltaedge.budget' {only} is not between 'deltaedge.min_tokens' and 'deltaedge.max_tokens'. Allowed: one that is, or leave these two out.", "unknown_budget");
        }

        var (floor, ceiling) = (ownFloor ?? classRange.Floor, ownCeiling ?? classRange.Ceiling);
        var range = new BudgetRange(ladder[ladder.RungAtLeast(floor)], ladder[ladder.RungAtMost(ceiling)]);
        return range.Floor <= range.Ceiling
            ? new Box<BudgetRange>(range)
            : ApiError.Invalid(ownFloor is null ? "deltaedge.max_tokens" : "deltaedge.min_tokens", $"No budget lies between min_tokens {floor} and max_tokens {ceiling}; the budgets are {ladder}.", "unknown_budget");
    }

    private Result<Box<TimeSpan?>> ParseCapture(string? text)
    {
        if (text is null)
        {
            return new Box<TimeSpan?>(null);
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var captured))
        {
            return ApiError.Invalid("deltaedge.captured_at", "'deltaedge.captured_at' must be an ISO 8601 time, for example 2026-01-31T12:00:00.250Z.");
        }

        var ago = time.GetUtcNow() - captured;
        return new Box<TimeSpan?>(ago < TimeSpan.Zero ? TimeSpan.Zero : ago > OldestCapture ? OldestCapture : ago);
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";

    private sealed record Terms(SlaClass Sla, int DeadlineMs, BudgetRange Range, QuestionKind? Kind, TimeSpan? CapturedAgo, ulong StreamKey);

    private sealed record Box<T>(T Value);
}
