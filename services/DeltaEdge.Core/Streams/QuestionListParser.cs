using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Streams;

/// <summary>The <c>questions</c> of a stream: plain texts, or objects with id, text and kind, mixed as the client likes.</summary>
internal static class QuestionListParser
{
    private const int MaxQuestions = 16;
    private const int MaxTextLength = 2000;
    private const int MaxIdLength = 64;
    private const string Field = "questions";
    private const string Allowed = "Allowed: 1 to 16 questions, each a text of at most 2000 characters or {\"id\", \"text\", \"kind\"}";

    /// <param name="fields">The stream's fields.</param>
    /// <param name="current">What an absent list means; null if it may not be absent.</param>
    /// <param name="questions">The result.</param>
    public static ApiError? Read(JsonFields fields, ImmutableArray<StreamQuestion>? current, out ImmutableArray<StreamQuestion> questions)
    {
        questions = current ?? [];
        if (current is not null && fields.IsAbsent(Field))
        {
            return null;
        }

        if (!fields.TryArray(Field, out var list))
        {
            return fields.Has(Field)
                ? ApiError.Invalid(Field, $"questions is not a list. {Allowed}.")
                : ApiError.Invalid(Field, $"questions is missing: a stream without a question has nothing to answer. {Allowed}.", "missing_required_parameter");
        }

        if (list.GetArrayLength() is 0 or > MaxQuestions)
        {
            return ApiError.Invalid(Field, $"questions holds {list.GetArrayLength()}. {Allowed}.");
        }

        var read = ImmutableArray.CreateBuilder<StreamQuestion>();
        foreach (var element in list.EnumerateArray())
        {
            if (ReadOne(element, $"{Field}[{read.Count}]", read.Count, out var question) is { } error)
            {
                return error;
            }

            if (read.Any(q => q.Id == question!.Id))
            {
                return ApiError.Invalid($"{Field}[{read.Count}].id", $"Two questions have the id {question!.Id}. Allowed: ids that differ within the stream.");
            }

            read.Add(question!);
        }

        questions = read.ToImmutable();
        return null;
    }

    private static ApiError? ReadOne(JsonElement element, string place, int index, out StreamQuestion? question)
    {
        question = null;
        var fields = new JsonFields(element);
        var isText = element.ValueKind == JsonValueKind.String;
        if (!isText && element.ValueKind != JsonValueKind.Object)
        {
            return ApiError.Invalid(place, $"{place} is neither a text nor an object. {Allowed}.");
        }

        if (!(isText ? JsonFields.TryText(element, out var text) : fields.TryText("text", out text)) || string.IsNullOrWhiteSpace(text) || text.Length > MaxTextLength)
        {
            return ApiError.Invalid(isText ? place : $"{place}.text", $"{place} has no text, or one longer than {MaxTextLength} characters. {Allowed}.");
        }

        var id = $"q{index + 1}";
        if (fields.Has("id") && (!fields.TryText("id", out id) || id.Length is 0 or > MaxIdLength || id.Any(char.IsControl)))
        {
            return ApiError.Invalid($"{place}.id", $"{place}.id is not a text of 1 to {MaxIdLength} characters.");
        }

        var kind = QuestionClassifier.Classify(text);
        if (fields.Has("kind") && !(fields.TryText("kind", out var name) && QuestionKinds.TryParse(name, out kind)))
        {
            return ApiError.Invalid($"{place}.kind", $"{place}.kind is not a known question kind. Allowed: {QuestionKinds.Allowed}.");
        }

        question = new StreamQuestion(id, text.Trim(), kind);
        return null;
    }
}
