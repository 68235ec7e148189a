using System.Net;
using System.Net.Sockets;
using System.Text;
using DeltaEdge.ChaosTests.Fuzz;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>A server that calls itself an RTSP camera and answers with rubbish, a byte a second, or not at all.</summary>
internal sealed class PoisonCamera : IAsyncDisposable
{
    private const string Sdp = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0IAKeKQFAe2AtwEBAaQeJEV,aM48gA==\r\na=control:track1\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, byte[]> _answer;
    private readonly TimeSpan _perByte;
    private readonly Task _running;
    private int _connections;
    private int _answers;
    private int _readers;

    private PoisonCamera(Func<int, byte[]> answer, TimeSpan perByte)
    {
        (_answer, _perByte) = (answer, perByte);
        _listener.Start();
        _running = AcceptAsync();
    }

    public string Url => $"rtsp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/live";

    /// <summary>How often it was called.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How often a reader called, which is a process; the others only asked whether one is worth while.</summary>
    public int Readers => Volatile.Read(ref _readers);

    /// <summary>How many requests it has answered.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Takes connections and says almost nothing.</summary>
    public static PoisonCamera Slow() => new(Proper, TimeSpan.FromSeconds(1));

    /// <summary>Answers each request with what a camera would say, mutated.</summary>
    public static PoisonCamera Malformed(int seed)
    {
        var mutator = new Mutator(seed);
        var gate = new Lock();
        return new PoisonCamera(
            sequence =>
            {
                lock (gate)
                {
                    return mutator.Mutate(Proper(sequence), []);
                }
            },
            TimeSpan.Zero);
    }

    /// <summary>An address where nobody listens.</summary>
    public static string DeadUrl() => $"rtsp://127.0.0.1:{Ports.Free()}/live";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    /// <summary>What a camera answers to OPTIONS, DESCRIBE, SETUP and PLAY, in this order.</summary>
    private static byte[] Proper(int sequence)
    {
        var head = $"RTSP/1.0 200 OK\r\nCSeq: {sequence}\r\nSession: 1234;timeout=60\r\n";
        return Encoding.ASCII.GetBytes(sequence switch
        {
            1 => head + "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n",
            2 => $"{head}Content-Type: application/sdp\r\nContent-Length: {Sdp.Length}\r\n\r\n{Sdp}",
            3 => head + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n",
            _ => head + "Range: npt=0.000-\r\n\r\n$\0\0\x14" + "\x80\x60\0\x01\0\0\0\x01\0\0\0\x01\x65\x88\x84\0\x10\x20\x30\x40",
        });
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                open.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException) // the last: stopped between two calls
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            var buffer = new byte[8192];
            for (var sequence = 1; await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read; sequence++)
            {
                if (sequence == 1 && Encoding.Latin1.GetString(buffer, 0, read).Contains("User-Agent: Lavf", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _readers);
                }

                var answer = _answer(sequence);
                Interlocked.Increment(ref _answers);
                if (_perByte == TimeSpan.Zero)
                {
                    await stream.WriteAsync(answer, _stop.Token);
                    continue;
                }

                foreach (var one in answer)
                {
                    await stream.WriteAsync(new[] { one }, _stop.Token);
                    await Task.Delay(_perByte, TimeProvider.System, _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has had enough, or the test is over.
        }
    }
}
