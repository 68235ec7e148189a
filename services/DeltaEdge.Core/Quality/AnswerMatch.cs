namespace DeltaEdge.Core.Quality;

/// <summary>Whether two answers say the same: equal but for case, white space and the mark at the end.</summary>
public static class AnswerMatch
{
    public static bool Same(string one, string other) => string.Equals(Normalised(one), Normalised(other), StringComparison.Ordinal);

    private static string Normalised(string answer) =>
        string.Join(' ', answer.ToLowerInvariant().TrimEnd('.', '!', ' ', '\t', '\r', '\n').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
