namespace DeltaEdge.Core.Quality;

/// <summary>Whether two answers say the same: equal but for case (unless it counts), white space and the mark at the end.</summary>
public static class AnswerMatch
{
    public static bool Same(string one, string other, bool caseSensitive = false) =>
        string.Equals(Normalised(one, caseSensitive), Normalised(other, caseSensitive), StringComparison.Ordinal);

    private static string Normalised(string answer, bool caseSensitive) =>
        string.Join(' ', (caseSensitive ? answer : answer.ToLowerInvariant()).TrimEnd('.', '!', ' ', '\t', '\r', '\n').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
