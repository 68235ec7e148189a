namespace DeltaEdge.Core.Questions;

/// <summary>Guesses a question's kind from its English wording; a caller who knows better says <c>question_kind</c>.</summary>
public static class QuestionClassifier
{
    private static readonly string[] YesNoStarts = ["is ", "are ", "does ", "do ", "has ", "have ", "can ", "was ", "were ", "did ", "could ", "will ", "would ", "should ", "any "];
    private static readonly string[] CountStarts = ["how many ", "count ", "what number of ", "what is the number of "];
    private static readonly string[] DescribeStarts = ["describe", "what is happening", "what do you see", "caption", "summarise", "summarize"];
    private static readonly string[] ReadWords = ["display", "reading", "read ", "digit", "text", "written", "number plate", "licence plate", "license plate"];
    private static readonly string[] WherePlaces = ["row", "slot", "place", "arm", "side", "shelf", "lane", "corner", "lamp"];

    public static QuestionKind Classify(string question)
    {
        var q = question.AsSpan().Trim().ToString().ToLowerInvariant();
        if (StartsWithAny(q, CountStarts))
        {
            return QuestionKind.Count;
        }

        if (StartsWithAny(q, DescribeStarts))
        {
            return QuestionKind.Describe;
        }

        if (q.StartsWith("what kind of scene", StringComparison.Ordinal) || q.StartsWith("what scene", StringComparison.Ordinal))
        {
            return QuestionKind.Scene;
        }

        if (StartsWithAny(q, YesNoStarts))
        {
            return QuestionKind.YesNo;
        }

        if (q.StartsWith("where", StringComparison.Ordinal) || (q.StartsWith("which ", StringComparison.Ordinal) && NamesPlace(q)))
        {
            return QuestionKind.Where;
        }

        if (q.Contains("colour", StringComparison.Ordinal) || q.Contains("color", StringComparison.Ordinal))
        {
            return QuestionKind.Attribute;
        }

        return ContainsAny(q, ReadWords) ? QuestionKind.Read
            : q.StartsWith("what", StringComparison.Ordinal) ? QuestionKind.Attribute
            : QuestionKind.Other;
    }

    private static bool NamesPlace(string q)
    {
        foreach (var place in WherePlaces)
        {
            if (q.AsSpan("which ".Length).StartsWith(place, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWithAny(string text, string[] starts) => Array.Exists(starts, s => text.StartsWith(s, StringComparison.Ordinal));

    private static bool ContainsAny(string text, string[] words) => Array.Exists(words, w => text.Contains(w, StringComparison.Ordinal));
}
