using System.Collections.Frozen;

namespace DeltaEdge.Core.Questions;

/// <summary>Wire names of the question kinds, as in manifests, requests and metric labels.</summary>
public static class QuestionKinds
{
    private static readonly FrozenDictionary<string, QuestionKind> ByName = new Dictionary<string, QuestionKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["other"] = QuestionKind.Other,
        ["yes_no"] = QuestionKind.YesNo,
        ["attribute"] = QuestionKind.Attribute,
        ["count"] = QuestionKind.Count,
        ["where"] = QuestionKind.Where,
        ["read"] = QuestionKind.Read,
        ["ocr"] = QuestionKind.Read,
        ["describe"] = QuestionKind.Describe,
        ["scene"] = QuestionKind.Scene,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Names = ["other", "yes_no", "attribute", "count", "where", "read", "describe", "scene"];

    public const string Allowed = "yes_no, attribute, count, where, read, describe, scene, other";

    public static string Name(this QuestionKind kind) => Names[(int)kind];

    public static bool TryParse(string name, out QuestionKind kind) => ByName.TryGetValue(name, out kind);
}
