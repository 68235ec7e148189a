using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeltaEdge.Delivery.Redis;

/// <summary>A connection that speaks RESP2, one command at a time. After any failure it is of no more use.</summary>
internal sealed class RespConnection(Stream stream) : IAsyncDisposable
{
    private const int LongestLine = 64 << 10;

    /// <summary>Sends a command and reads its answer: a status, a number or a text.</summary>
    /// <exception cref="IOException">The server answers with an error, which the message names without what was sent.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params byte[][] words)
    {
        var command = new ArrayBufferWriter<byte>(64 + words.Sum(w => w.Length + 16));
        Write(command, $"*{words.Length}\r\n");
        foreach (var word in words)
        {
            Write(command, $"${word.Length}\r\n");
            command.Write(word);
            Write(command, "\r\n");
        }

        await stream.WriteAsync(command.WrittenMemory, cancellationToken);
        var line = await ReadLineAsync(cancellationToken);
        switch (line)
        {
            case ['+' or ':', ..]:
                return line[1..];
            case ['$', ..] when int.TryParse(line.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length < LongestLine:
                var text = new byte[length + 2];
                await stream.ReadExactlyAsync(text, cancellationToken);
                return Encoding.UTF8.GetString(text.AsSpan(0, length));
            case ['-', ..]:
                throw new IOException($"Redis answers with the error {line[1..].Split(' ')[0]}.");
            default:
                throw new IOException("The server sends what is not RESP.");
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static void Write(ArrayBufferWriter<byte> command, string text) => Encoding.ASCII.GetBytes(text, command);

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var (line, one) = (new StringBuilder(), new byte[1]);
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n' || line.Length > LongestLine)
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }
}
