using System.Text.RegularExpressions;
using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>Takes credentials out of what ffmpeg says, which repeats the URL it was given.</summary>
internal static partial class Redaction
{
    public static string Clean(string text) => UrlSecrets.Hide(Query().Replace(UserInfo().Replace(text, "://"), "$1"));

    // Greedy up to the last @ before a space or a slash: passwords may hold @.
    [GeneratedRegex(@"://[^/\s]*@")]
    private static partial Regex UserInfo();

    // Up to a space: what stands right before it may be the quote or colon that follows a URL in a sentence.
    [GeneratedRegex(@"(://[^\s?]*)\?\S*?(?=['""]?:?(?:\s|$))")]
    private static partial Regex Query();
}
