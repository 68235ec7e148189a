using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace DeltaEdge.ChaosTests.Fuzz;

/// <summary>WebSocket sessions of a client that means no good: a handshake, then frames with wrong lengths, bits, masks and contents.</summary>
internal sealed class HostileSocket(int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(150);
    private readonly Mutator _mutator = new(seed);

    /// <summary>One session; the status of the handshake's answer, 0 if the connection was closed instead.</summary>
    /// <param name="gateway">Where to.</param>
    /// <param name="path">Of the endpoint.</param>
    /// <param name="payload">Of good frames.</param>
    public async Task<int> TryAsync(Uri gateway, string path, byte[] payload)
    {
        using var client = new TcpClient();
        using var limit = new CancellationTokenSource(Patience);
        await client.ConnectAsync(gateway.Host, gateway.Port, limit.Token);
        var stream = client.GetStream();
        var status = 0;
        try
        {
            await stream.WriteAsync(Handshake(gateway, path), limit.Token);
            var buffer = new byte[4096];
            var read = await stream.ReadAsync(buffer, limit.Token);
            status = read > 12 && int.TryParse(Encoding.ASCII.GetString(buffer, 9, 3), out var code) ? code : 0;
            if (status == 101)
            {
                for (var frames = 1 + _mutator.Below(4); frames > 0; frames--)
                {
                    var frame = Frame(payload);
                    await stream.WriteAsync(_mutator.Below(3) == 0 ? frame : _mutator.Mutate(frame, []), limit.Token);
                }

                // Long enough for an answer to what was understood; then the client is gone without a word.
                using var linger = new CancellationTokenSource(Linger);
                while (await stream.ReadAsync(buffer, linger.Token) > 0)
                {
                    // What it says does not matter.
                }
            }

            return status;
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !limit.IsCancellationRequested))
        {
            return status;
        }
    }

    private byte[] Handshake(Uri gateway, string path)
    {
        var text = $"GET {path} HTTP/1.1\r\nHost: {gateway.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        return _mutator.Below(4) == 0 ? [.. _mutator.Mutate(text), .. "\r\n\r\n"u8] : Encoding.ASCII.GetBytes(text);
    }

    /// <summary>A masked frame; its opcode, length and bits are sometimes what no client may send.</summary>
    private byte[] Frame(byte[] payload)
    {
        var opcode = _mutator.Below(4) == 0 ? _mutator.Below(16) : 2;
        var first = (byte)((_mutator.Below(5) == 0 ? _mutator.Below(8) << 4 : 0x80) | opcode);
        var claimed = _mutator.Below(6) switch { 0 => long.MaxValue, 1 => -1, 2 => payload.Length + 1000, _ => payload.Length };
        var head = new byte[14];
        head[0] = first;
        head[1] = 0x80 | 127;
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(2), claimed);
        // A mask of zeros leaves the payload as it is.
        return [.. head, .. payload];
    }
}
