using System.Net;
using System.Net.Sockets;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>A TCP proxy on a free port that holds back what the server answers, and counts it; or takes connections and leaves them at that.</summary>
internal sealed class SlowProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _links = [];
    private readonly Task _accepting;
    private readonly int _target;
    private long _answered;
    private int _unserved;

    public SlowProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string ConnectionString => _listener.LocalEndpoint.ToString()!;

    /// <summary>How long each answer is held back; one that is held back for ever holds back all that follow on its connection. Default not at all.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether connections that come from now on are taken, and nothing on them goes anywhere.</summary>
    public bool LeavesUnserved { get; set; }

    /// <summary>Connections that are open and go nowhere.</summary>
    public int Unserved => Volatile.Read(ref _unserved);

    /// <summary>Bytes that the server has answered.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_links);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _links.Add(LinkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed, maybe between two calls.
        }
    }

    private async Task LinkAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            if (LeavesUnserved)
            {
                await SwallowAsync(near);
                return;
            }

            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(CopyAsync(near, far, isAnswer: false), CopyAsync(far, near, isAnswer: true));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // One side is gone.
        }
    }

    private async Task SwallowAsync(TcpClient from)
    {
        Interlocked.Increment(ref _unserved);
        try
        {
            await from.GetStream().CopyToAsync(Stream.Null, _stop.Token);
        }
        catch (IOException)
        {
            // Given up.
        }
        finally
        {
            Interlocked.Decrement(ref _unserved);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool isAnswer)
    {
        try
        {
            var buffer = new byte[65536];
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                if (isAnswer)
                {
                    Interlocked.Add(ref _answered, read);
                    await Task.Delay(Delay, TimeProvider.System, _stop.Token);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone.
        }
    }
}
