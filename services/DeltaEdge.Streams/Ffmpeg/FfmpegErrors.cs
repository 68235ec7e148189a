using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>What ffmpeg's and ffprobe's last words mean for a stream: whether to try again, and one sentence for the client.</summary>
internal static class FfmpegErrors
{
    private const int SignalExit = 128; // plus the signal's number
    private const int MaxMessage = 300;

    /// <summary>A file stays what it is. A camera that restarts answers anything for a while, and a worker that starts with it has heard nothing else: it is called again.</summary>
    /// <param name="kind">What was read.</param>
    /// <param name="exitCode">How the program ended; not 0.</param>
    /// <param name="errors">The end of its error output.</param>
    /// <param name="hasFrames">Whether frames came before.</param>
    public static SourceEnd Describe(SourceKind kind, int exitCode, string errors, bool hasFrames)
    {
        if (Says("matches no streams") || Says("does not contain any stream"))
        {
            return NoVideo(kind);
        }

        if (Says("whitelist"))
        {
            return SourceEnd.Failed("The source is of a kind, or leads to a place, that is not allowed.");
        }

        if (Says("401 Unauthorized") || Says("403 Forbidden"))
        {
            return SourceEnd.CredentialsRefused();
        }

        if ((Says("Invalid data found") || Says("not found for input stream")) && !hasFrames)
        {
            return End(kind, "The source is not a video that can be read.");
        }

        if (IsSignal(exitCode, errors))
        {
            return SourceEnd.Lost($"The video reader was ended by signal {exitCode - SignalExit}.");
        }

        var message = LastLine(errors);
        return hasFrames || errors.Length == 0 ? SourceEnd.Lost(message) : End(kind, message);

        bool Says(string words) => errors.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What was opened has sound at best.</summary>
    public static SourceEnd NoVideo(SourceKind kind) => End(kind, "The source holds no video stream.");

    private static SourceEnd End(SourceKind kind, string message) => kind == SourceKind.File ? SourceEnd.Failed(message) : SourceEnd.Lost(message);

    // ffmpeg 6.1 and newer exit with the low byte of an error's number, which is above 128 too. The signals that end a reader are few
    // (ILL, ABRT, FPE, KILL, SEGV), and two share their status with an error that has words: BUS with EREMOTEIO, TERM with EHOSTUNREACH.
    private static bool IsSignal(int exitCode, string errors) => (exitCode - SignalExit) switch
    {
        4 or 6 or 8 or 9 or 11 => true,
        7 or 15 => errors.Length == 0,
        _ => false,
    };

    /// <summary>The last thing said, without the part that repeats where it came from, and without credentials.</summary>
    internal static string LastLine(string errors)
    {
        var line = Redaction.Clean(errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        if (line is null)
        {
            return "The source could not be read.";
        }

        // "[rtsp @ 0x55..] text" and "rtsp://host/path: text".
        var start = line.StartsWith('[') ? line.IndexOf(']', StringComparison.Ordinal) + 1 : 0;
        var text = line[start..].Trim();
        var colon = text.LastIndexOf(": ", StringComparison.Ordinal);
        text = colon > 0 && text[..colon].Contains('/', StringComparison.Ordinal) ? text[(colon + 2)..] : text;
        text = text.Length > MaxMessage ? text[..MaxMessage] : text;
        return $"The source could not be read: {text}{(text.EndsWith('.') ? "" : ".")}";
    }
}
