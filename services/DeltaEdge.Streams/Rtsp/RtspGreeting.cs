using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Rtsp;

/// <summary>
/// Asks a camera for its methods and its stream's description, as a player does before it sets anything up: one that answers badly is
/// told from one worth starting a reader for. Without credentials, which stay with the reader.
/// </summary>
internal static class RtspGreeting
{
    /// <param name="stream">A fresh connection to the camera.</param>
    /// <param name="url">What to ask for; may hold credentials, which are not sent.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null if a reader may find video there; else why it cannot.</returns>
    public static async ValueTask<SourceEnd?> ExchangeAsync(Stream stream, string url, CancellationToken cancellationToken)
    {
        var target = TargetOf(url);
        var input = PipeReader.Create(stream);
        try
        {
            if (await AskAsync("OPTIONS", 1).ConfigureAwait(false) is null)
            {
                return NotRtsp();
            }

            return await AskAsync("DESCRIBE", 2).ConfigureAwait(false) is { } description ? Judge(description, HasCredentials(url)) : NotRtsp();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return SourceEnd.Lost("The camera broke off the connection when it was asked for its stream.");
        }
        finally
        {
            await input.CompleteAsync().ConfigureAwait(false);
        }

        async ValueTask<RtspReply?> AskAsync(string method, int sequence)
        {
            await stream.WriteAsync(
                Encoding.Latin1.GetBytes($"{method} {target} RTSP/1.0\r\nCSeq: {sequence}\r\n{(sequence == 2 ? "Accept: application/sdp\r\n" : "")}User-Agent: DeltaEdge\r\n\r\n"),
                cancellationToken).ConfigureAwait(false);
            return await RtspReply.ReadAsync(input, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What an answer to DESCRIBE means for a reader. Redirections and demands that it can meet are the reader's.</summary>
    internal static SourceEnd? Judge(RtspReply description, bool hasCredentials) => description.Status switch
    {
        200 => description.Body.Contains("m=video", StringComparison.Ordinal) ? null : SourceEnd.Lost("The camera describes no video stream."),
        401 when hasCredentials => null,
        401 or 403 => SourceEnd.CredentialsRefused(),
        < 400 => null,
        var status => SourceEnd.Lost($"The source could not be read: the camera answers {status} when it is asked for its stream."),
    };

    /// <summary>The URL without user and password.</summary>
    internal static string TargetOf(string url)
    {
        var (host, end) = Authority(url);
        var user = url.LastIndexOf('@', end - 1, end - host);
        return user < 0 ? url : string.Concat(url.AsSpan(0, host), url.AsSpan(user + 1));
    }

    private static bool HasCredentials(string url) => TargetOf(url).Length != url.Length;

    private static (int Start, int End) Authority(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.IndexOfAny(['/', '?', '#'], start);
        return (start, end < 0 ? url.Length : end);
    }

    private static SourceEnd NotRtsp() => SourceEnd.Lost("What answers at the source's address does not speak RTSP.");
}
