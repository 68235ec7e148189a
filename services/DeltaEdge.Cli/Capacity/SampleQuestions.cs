using System.Globalization;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Cli.Capacity;

/// <summary>A wording for each question kind, and the kinds that <c>--questions</c> names.</summary>
internal static class SampleQuestions
{
    private const int MostQuestions = 16;

    private static readonly QuestionKind[] Usual = [QuestionKind.Count, QuestionKind.YesNo, QuestionKind.Where, QuestionKind.Attribute];

    public static string Of(QuestionKind kind) => kind switch
    {
        QuestionKind.YesNo => "Is there a red car?",
        QuestionKind.Attribute => "What colour is the traffic light?",
        QuestionKind.Where => "Where is the red car?",
        QuestionKind.Read => "What does the display show?",
        QuestionKind.Describe => "Describe the scene.",
        QuestionKind.Scene => "What kind of scene is this?",
        QuestionKind.Count => "How many cars are there?",
        _ => "What is there?",
    };

    /// <summary>A number of questions of the usual kinds, or kinds by name with commas between; null if it is neither.</summary>
    public static QuestionKind[]? Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count is >= 1 and <= MostQuestions ? [.. Enumerable.Range(0, count).Select(i => Usual[i % Usual.Length])] : null;
        }

        var kinds = new List<QuestionKind>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!QuestionKinds.TryParse(name, out var kind) || kinds.Count == MostQuestions)
            {
                return null;
            }

            kinds.Add(kind);
        }

        return [.. kinds];
    }
}
