using System.Text.RegularExpressions;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>Takes credentials out of what ffmpeg says, which repeats the URL it was given.</summary>
internal static partial class Redaction
{
    public static string Clean(string text) => Query().Replace(UserInfo().Replace(text, "://"), "$1");

    // Greedy up to the last @ before a space or a slash: passwords may hold @.
    [GeneratedRegex(@"://[^/\s]*@")]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(://[^\s?]*)\?[^\s'"":]*")]
    private static partial Regex Query();
}
