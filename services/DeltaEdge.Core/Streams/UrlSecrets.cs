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

    // Neither a slash nor a name without a value ends one: Base64 has both, and what follows is worth less than the secret.
    [GeneratedRegex(
        @"((?:user|usr|login|account|pass|pwd|psw|token|key|auth|secret|sign|session|cred)[a-z0-9-]*(?:=|%3d))[^\s?#]*?(?=[&_;,:][a-z][a-z0-9-]*(?:=|%3d)[a-z0-9]|[?#]|['""]?:?(?:\s|$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
