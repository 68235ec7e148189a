using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Rules;

/// <summary>The <c>rules</c> of a stream: a list, or null or nothing for none.</summary>
internal static partial class RuleListParser
{
    private const string Field = "rules";
    private const int MaxRules = 32;
    private const int MaxTextLength = 200;
    private const int MaxFrames = 1000;
    private const int MaxDebounceMs = 86_400_000;
    private const int MaxRepeats = 1000;
    private const double MaxNumber = 1e12;
    private const string Conditions = "exactly one of equals, matches, above, below, changes_to, changes";
    private const string Allowed = "Allowed: up to 32 rules, each {\"id\", \"question\", \"when\", \"for_frames\", \"debounce_ms\", \"evidence\", \"case_sensitive\"}";

    /// <param name="fields">The stream's fields.</param>
    /// <param name="questions">The stream's questions, which rules name by id.</param>
    /// <param name="current">What an absent list means.</param>
    /// <param name="rules">The result.</param>
    public static ApiError? Read(JsonFields fields, ImmutableArray<StreamQuestion> questions, ImmutableArray<RuleSpec>? current, out ImmutableArray<RuleSpec> rules)
    {
        rules = fields.IsAbsent(Field) ? current ?? [] : [];
        if (!fields.Has(Field))
        {
            var lost = rules.FirstOrDefault(r => questions.All(q => q.Id != r.Question));
            return lost is null ? null : ApiError.Invalid(Field, $"Rule {lost.Id} is about question {lost.Question}, which the stream would no longer have. Allowed: send rules as well.");
        }

        if (!fields.TryArray(Field, out var list) || list.GetArrayLength() > MaxRules)
        {
            return ApiError.Invalid(Field, $"rules is not a list, or too long. {Allowed}.");
        }

        var read = ImmutableArray.CreateBuilder<RuleSpec>();
        foreach (var element in list.EnumerateArray())
        {
            var place = $"{Field}[{read.Count}]";
            if (ReadOne(element, place, read.Count, questions, out var rule) is { } error)
            {
                return error;
            }

            if (read.Any(r => r.Id == rule!.Id))
            {
                return ApiError.Invalid($"{place}.id", $"Two rules have the id {rule!.Id}. Allowed: ids that differ within the stream.");
            }

            read.Add(rule!);
        }

        rules = read.DrainToImmutable();
        return null;
    }

    private static ApiError? ReadOne(JsonElement element, string place, int index, ImmutableArray<StreamQuestion> questions, out RuleSpec? rule)
    {
        rule = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return ApiError.Invalid(place, $"{place} is not an object. {Allowed}.");
        }

        var fields = new JsonFields(element);
        var id = $"r{index + 1}";
        if (fields.Has("id") && (!fields.TryText("id", out id) || !StreamIds.IsValid(id)))
        {
            return ApiError.Invalid($"{place}.id", $"{place}.id is not a valid rule id. {StreamIds.Allowed}");
        }

        if (!fields.TryText("question", out var question) || questions.All(q => q.Id != question))
        {
            return ApiError.Invalid($"{place}.question", $"{place}.question is not the id of a question of this stream. Allowed: {string.Join(", ", questions.Select(q => q.Id))}.");
        }

        if (fields.ReadInteger("for_frames", 1, MaxFrames, 1, null, out var frames) is { } error
            || (error = fields.ReadInteger("debounce_ms", 0, MaxDebounceMs, 0, null, out var debounce)) is not null
            || (error = fields.ReadFlag("evidence", true, null, out var evidence)) is not null
            || (error = fields.ReadFlag("case_sensitive", false, null, out var caseSensitive)) is not null)
        {
            return error with { Param = $"{place}.{error.Param}", Message = $"{place}.{error.Message}" };
        }

        if (ReadCondition(fields, $"{place}.when", caseSensitive, out var when) is { } refusal)
        {
            return refusal;
        }

        rule = new RuleSpec
        {
            Id = id,
            Question = question,
            When = when!,
            ForFrames = frames,
            DebounceMs = debounce,
            Evidence = evidence,
            CaseSensitive = caseSensitive,
        };
        return null;
    }

    private static ApiError? ReadCondition(JsonFields fields, string place, bool caseSensitive, out RuleCondition? condition)
    {
        condition = null;
        string[] names = ["equals", "matches", "above", "below", "changes_to", "changes"];
        if (!fields.TryObject("when", out var when) || names.Where(when.Has).ToArray() is not [var name])
        {
            return ApiError.Invalid(place, $"{place} is no condition. Allowed: an object with {Conditions}.");
        }

        place = $"{place}.{name}";
        if (name is "above" or "below")
        {
            if (when.ReadNumber(name, -MaxNumber, MaxNumber, 0, null, out var limit) is not null)
            {
                return ApiError.Invalid(place, string.Create(CultureInfo.InvariantCulture, $"{place} is out of range or not a number. Allowed: {-MaxNumber} to {MaxNumber}."));
            }

            condition = name == "above" ? new RuleCondition { Above = limit } : new RuleCondition { Below = limit };
            return null;
        }

        if (name == "changes")
        {
            condition = new RuleCondition { Changes = true };
            return when.ReadFlag(name, true, null, out var changes) is null && changes ? null : ApiError.Invalid(place, $"{place} is not true. Allowed: true.");
        }

        if (!when.TryText(name, out var text) || string.IsNullOrWhiteSpace(text) || text.Length > MaxTextLength)
        {
            return ApiError.Invalid(place, $"{place} is not a text of 1 to {MaxTextLength} characters.");
        }

        condition = name switch
        {
            "equals" => new RuleCondition { EqualTo = text },
            "changes_to" => new RuleCondition { ChangesTo = text },
            _ => new RuleCondition { Matches = text },
        };
        return name == "matches" ? CheckPattern(place, text, caseSensitive) : null;
    }

    private static ApiError? CheckPattern(string place, string pattern, bool caseSensitive)
    {
        // Counted repeats are unrolled: nested ones multiply, so the product is what is bounded.
        var repeats = 1.0;
        foreach (Match match in Repeats().Matches(pattern))
        {
            repeats *= Math.Max(1, double.Parse(match.Groups[match.Groups[2].Length > 0 ? 2 : 1].ValueSpan, CultureInfo.InvariantCulture));
        }

        if (repeats > MaxRepeats)
        {
            return ApiError.Invalid(place, $"{place} repeats too often. Allowed: counts in braces whose product is at most {MaxRepeats}.");
        }

        try
        {
            _ = RuleMachine.Expression(pattern, caseSensitive);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return ApiError.Invalid(place, $"{place} is not a usable regular expression. Allowed: .NET syntax without back references, look-around and atomic groups.");
        }
    }

    [GeneratedRegex(@"\{([0-9]+)(?:,([0-9]*))?\}")]
    private static partial Regex Repeats();
}
