using System.Text.RegularExpressions;

namespace DeltaEdge.Core.Streams;

/// <summary>
/// Credentials in the path of a URL, where many recorders want them: <c>rtsp://host/user=admin_password=x_channel=1_stream=0.sdp</c>.
/// They are known by their names; a secret without a name cannot be told from any other part of a path.
/// </summary>
public static partial class UrlSecrets
{
    /// <summary>The text with each value hidden that has the name of a credential. A value ends where the next name begins, or with the path.</summary>
    public static string Hide(string text) => Named().Replace(text, "$1***");

    // A slash ends no value: it may be one of its characters, and what follows it is worth less than the secret.
    [GeneratedRegex(
        @"((?:user|usr|login|account|pass|pwd|psw|token|key|auth|secret|sign|session|cred)[a-z0-9-]*(?:=|%3d))[^\s?#]*?(?=[&_;,:][a-z][a-z0-9-]*(?:=|%3d)|[?#]|['""]?:?(?:\s|$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
