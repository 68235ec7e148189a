using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Streams;

/// <summary>What a stream's source may look like. Whether it may be opened is decided where it is opened.</summary>
public static class SourceSyntax
{
    public const string Allowed = "a file path, or an rtsp://, rtsps://, http:// or https:// URL";

    private const int MaxLength = 2048;

    private static readonly string[] Schemes = ["rtsp", "rtsps", "http", "https", "file"];

    public static Result<string> Check(string source)
    {
        if (source.Length > MaxLength || source.Any(char.IsControl))
        {
            return ApiError.Invalid("source", $"source is longer than {MaxLength} characters or holds control characters. Allowed: {Allowed}.");
        }

        var end = source.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
        {
            return source;
        }

        if (!Schemes.Contains(source[..end].ToLowerInvariant()))
        {
            return ApiError.Invalid("source", $"source has a scheme that is not supported. Allowed: {Allowed}.");
        }

        return Uri.TryCreate(source, UriKind.Absolute, out var uri) && (uri.IsFile || uri.Host.Length > 0)
            ? source
            : ApiError.Invalid("source", $"source is not a valid URL. Allowed: {Allowed}.");
    }

    /// <summary>True for a path or a file URL, with the path.</summary>
    public static bool IsFile(string source, out string path)
    {
        path = source;
        if (!source.Contains("://", StringComparison.Ordinal))
        {
            return true;
        }

        if (!Uri.TryCreate(source, UriKind.Absolute, out var uri) || !uri.IsFile)
        {
            return false;
        }

        path = uri.LocalPath;
        return true;
    }
}
