using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;

namespace DeltaEdge.Telemetry.Net;

/// <summary>
/// Names to addresses, each lookup on a thread of its own, so many at a time. The system's resolver blocks its caller for many seconds
/// where a name server is silent, also when it is called asynchronously; on the pool's threads a few such names would stop all else.
/// Whoever looks names up has one of its own: names that hang keep others of their kind waiting, and nobody else.
/// </summary>
public sealed class HostLookup
{
    private const int Most = 64;

    private readonly Func<string, IPAddress[]> _resolve;
    private readonly Channel<bool> _free = Channel.CreateUnbounded<bool>(); // One item for each lookup that may begin.
    private readonly ConcurrentDictionary<string, Lazy<Task<IPAddress[]>>> _running = new(StringComparer.OrdinalIgnoreCase);

    public HostLookup()
        : this(static host => Dns.GetHostAddresses(host), Most)
    {
    }

    /// <summary>With another resolver and bound, for tests.</summary>
    internal HostLookup(Func<string, IPAddress[]> resolve, int most = Most)
    {
        _resolve = resolve;
        for (var i = 0; i < most; i++)
        {
            _free.Writer.TryWrite(true);
        }
    }

    /// <summary>The addresses of a host, which may be an address itself. A lookup that runs already is joined.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name has no address.</exception>
    public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? Task.FromResult<IPAddress[]>([address])
            : _running.GetOrAdd(host, name => new Lazy<Task<IPAddress[]>>(() => RunAsync(name))).Value.WaitAsync(cancellationToken);

    // Begins only once it is entered above, so that however fast it ends it takes its own entry out.
    private async Task<IPAddress[]> RunAsync(string host)
    {
        await _free.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await Task.Factory.StartNew(() => _resolve(host), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(host, out _);
            _free.Writer.TryWrite(true);
        }
    }
}
