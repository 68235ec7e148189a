using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>What ffmpeg's and ffprobe's last words mean for a stream: whether to try again, and one sentence for the client.</summary>
internal static class FfmpegErrors
{
    private const int SignalExit = 128; // exit codes above it: ended by a signal
    private const int MaxMessage = 300;

    /// <param name="kind">What was read.</param>
    /// <param name="exitCode">How the program ended; not 0.</param>
    /// <param name="errors">The end of its error output.</param>
    /// <param name="hasFrames">Whether frames came before.</param>
    public static SourceEnd Describe(SourceKind kind, int exitCode, string errors, bool hasFrames)
    {
        if (exitCode > SignalExit)
        {
            return SourceEnd.Lost($"The video reader was ended by signal {exitCode - SignalExit}.");
        }

        if (Says("matches no streams") || Says("does not contain any stream"))
        {
            return SourceEnd.Failed("The source holds no video stream.");
        }

        if (Says("whitelist"))
        {
            return SourceEnd.Failed("The source is of a kind, or leads to a place, that is not allowed.");
        }

        if (Says("401 Unauthorized") || Says("403 Forbidden"))
        {
            return SourceEnd.CredentialsRefused();
        }

        // A camera that restarts sends garbage for a while; a file or a web page stays what it is.
        if ((Says("Invalid data found") || Says("not found for input stream")) && kind != SourceKind.Rtsp && !hasFrames)
        {
            return SourceEnd.Failed("The source is not a video that can be read.");
        }

        var message = LastLine(errors);
        return kind == SourceKind.File && !hasFrames ? SourceEnd.Failed(message) : SourceEnd.Lost(message);

        bool Says(string words) => errors.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

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
