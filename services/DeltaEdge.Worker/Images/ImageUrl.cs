using System.Diagnostics.CodeAnalysis;

namespace DeltaEdge.Worker.Images;

/// <summary>Which URLs are worth a look: http and https, without user, password or fragment tricks.</summary>
internal static class ImageUrl
{
    public const int LongestUrl = 2048;

    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && text.Length <= LongestUrl && IsAllowed(url);

    public static bool IsAllowed(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0 && url.Host.Length > 0 && !url.OriginalString.Contains('\\', StringComparison.Ordinal);
}
