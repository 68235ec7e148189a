using System.Buffers;
using System.Globalization;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Streams;

/// <summary>What a stream's source may look like. Whether it may be opened is decided where it is opened.</summary>
public static class SourceSyntax
{
    public const string SnapshotPrefix = "snapshot+";
    public const string DevicePrefix = "v4l2:";
    public const string Push = "push:";

    public const string Allowed =
        "a path of a video file or of a folder of images, an rtsp://, rtsps://, http:// or https:// URL, "
        + "snapshot+http:// or snapshot+https:// for an image that is fetched again and again, v4l2:/dev/videoN, push:, "
        + "or " + SyntheticAddress.Allowed;

    private const string FolderQuery = "?fps=";
    private const int MaxLength = 2048;

    // RFC 3986, section 2.
    private static readonly SearchValues<char> UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    private static readonly (string Prefix, SourceKind Kind)[] Schemes =
    [
        ("rtsp://", SourceKind.Rtsp),
        ("rtsps://", SourceKind.Rtsp),
        ("http://", SourceKind.Http),
        ("https://", SourceKind.Http),
        (SnapshotPrefix + "http://", SourceKind.Snapshot),
        (SnapshotPrefix + "https://", SourceKind.Snapshot),
        (DevicePrefix, SourceKind.Device),
        (Push, SourceKind.Push),
        (SyntheticAddress.Prefix, SourceKind.Synthetic),
        ("file://", SourceKind.File),
    ];

    /// <summary>By the scheme; what has none of the known ones is a path.</summary>
    public static SourceKind KindOf(string source)
    {
        foreach (var (prefix, kind) in Schemes)
        {
            if (source.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return SourceKind.File;
    }

    public static Result<string> Check(string source)
    {
        if (source.Length > MaxLength || source.Any(char.IsControl))
        {
            return ApiError.Invalid("source", $"source is longer than {MaxLength} characters or holds control characters. Allowed: {Allowed}.");
        }

        var problem = KindOf(source) switch
        {
            SourceKind.File when source.Contains("://", StringComparison.Ordinal) && !IsFile(source, out _) => "has a scheme that is not supported",
            SourceKind.Http or SourceKind.Rtsp or SourceKind.Snapshot when !IsUrl(source) => "is not a valid URL; other characters are written as %XX",
            SourceKind.Device when !source.AsSpan(DevicePrefix.Length).StartsWith("/") => "names no device",
            SourceKind.Push when source.Length > Push.Length => "is push: with something behind it",
            SourceKind.Synthetic when SyntheticAddress.Parse(source) is null => "is not a known synthetic scene",
            _ => null,
        };
        return problem is null ? source : ApiError.Invalid("source", $"source {problem}. Allowed: {Allowed}.");
    }

    /// <summary>True for a path or a file URL, with the path.</summary>
    public static bool IsFile(string source, out string path)
    {
        path = PathOf(source);
        if (KindOf(source) != SourceKind.File)
        {
            return false;
        }

        if (!source.Contains("://", StringComparison.Ordinal))
        {
            return true;
        }

        if (!Uri.TryCreate(path, UriKind.Absolute, out var uri) || !uri.IsFile)
        {
            return false;
        }

        path = uri.LocalPath;
        return true;
    }

    /// <summary>Images per second of a folder that says so, as <c>/folder?fps=5</c>; null where none are told.</summary>
    public static double? FolderFps(string source) =>
        source.LastIndexOf(FolderQuery, StringComparison.Ordinal) is >= 0 and var at
        && double.TryParse(source.AsSpan(at + FolderQuery.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fps)
        && fps is >= StreamSpecParser.MinFps and <= StreamSpecParser.MaxFps
            ? fps
            : null;

    /// <summary>The source without user, password and query of a URL, and without credentials in its path.</summary>
    public static string Display(string source) =>
        KindOf(source) is SourceKind.Http or SourceKind.Rtsp or SourceKind.Snapshot && Uri.TryCreate(source, UriKind.Absolute, out var uri)
            ? UrlSecrets.Hide(new UriBuilder(uri) { UserName = "", Password = "", Query = "", Fragment = "" }.Uri.AbsoluteUri)
            : source;

    private static string PathOf(string source) => FolderFps(source) is null ? source : source[..source.LastIndexOf(FolderQuery, StringComparison.Ordinal)];

    // Two readers of a URL must see the same host and the same credentials in it: characters that no URL may hold are where they differ.
    private static bool IsUrl(string source)
    {
        if (source.AsSpan().ContainsAnyExcept(UrlCharacters) || !Uri.TryCreate(source, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return false;
        }

        var rest = source.AsSpan(source.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        if (end >= 0 && rest[end..].Contains('@'))
        {
            // Most likely the end of a password that holds a / or ? as it is: its beginning would pass for the host.
            return false;
        }

        var authority = end < 0 ? rest : rest[..end];
        var host = authority[(authority.LastIndexOf('@') + 1)..];

        // IPv6 addresses have many spellings.
        return host.StartsWith("[") || host.StartsWith(uri.Host, StringComparison.OrdinalIgnoreCase);
    }
}
