using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace DeltaEdge.Streams.Rtsp;

/// <summary>A camera's answer to one request (RFC 2326, section 7), read as leniently as a player would.</summary>
/// <param name="Status">Three digits.</param>
/// <param name="Body">What follows the head; empty if it announces none.</param>
internal sealed record RtspReply(int Status, string Body)
{
    private const int LongestHead = 16 * 1024;
    private const int LongestBody = 256 * 1024;
    private const string Protocol = "RTSP/1.";
    private const string ContentLength = "content-length:";

    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    /// <summary>The next answer; null if what comes is none, or comes to an end before it is whole.</summary>
    public static async ValueTask<RtspReply?> ReadAsync(PipeReader input, CancellationToken cancellationToken)
    {
        if (await ReadHeadAsync(input, cancellationToken).ConfigureAwait(false) is not { } head || ParseHead(head) is not (var status, var length))
        {
            return null;
        }

        if (length == 0)
        {
            return new RtspReply(status, "");
        }

        var read = await input.ReadAtLeastAsync(length, cancellationToken).ConfigureAwait(false);
        if (read.Buffer.Length < length)
        {
            return null;
        }

        var body = read.Buffer.Slice(0, length);
        var reply = new RtspReply(status, Encoding.Latin1.GetString(body));
        input.AdvanceTo(body.End);
        return reply;
    }

    /// <summary>Status and length of the body; null if it is no head of an answer. Whatever stands before its first line is passed over.</summary>
    internal static (int Status, int Length)? ParseHead(string head)
    {
        var start = head.IndexOf(Protocol, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var lines = head[start..].Split("\r\n");
        var words = lines[0].Split(' ', 3);
        if (words.Length < 2 || words[1].Length != 3 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return null;
        }

        var announced = Array.Find(lines, l => l.StartsWith(ContentLength, StringComparison.OrdinalIgnoreCase));
        if (announced is null)
        {
            return (status, 0);
        }

        return int.TryParse(announced[ContentLength.Length..], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var length)
            && length <= LongestBody ? (status, length) : null;
    }

    private static async ValueTask<string?> ReadHeadAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (TakeHead(read.Buffer) is var (head, end))
            {
                input.AdvanceTo(end);
                return head;
            }

            if (read.IsCompleted || read.Buffer.Length > LongestHead)
            {
                return null;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static (string Head, SequencePosition End)? TakeHead(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out ReadOnlySequence<byte> head, HeadEnd) ? (Encoding.Latin1.GetString(head), reader.Position) : null;
    }
}
