using System.Collections.Concurrent;
using System.Net;

namespace DeltaEdge.Streams.Sources;

/// <summary>
/// Names to addresses, each lookup on a thread of its own. The system's resolver blocks its caller for many seconds where a name
/// server is silent; on the pool's threads a few such names would stop all else.
/// </summary>
public sealed class HostLookup
{
    private readonly Func<string, Task<IPAddress[]>> _resolve;
    private readonly ConcurrentDictionary<string, Lazy<Task<IPAddress[]>>> _running = new(StringComparer.OrdinalIgnoreCase);

    public HostLookup()
        : this(static host => Task.Factory.StartNew(() => Dns.GetHostAddresses(host), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
    {
    }

    /// <summary>With another resolver, for tests.</summary>
    internal HostLookup(Func<string, Task<IPAddress[]>> resolve) => _resolve = resolve;

    /// <summary>The addresses of a host, which may be an address itself. A lookup that runs already is joined.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name has no address.</exception>
    public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? Task.FromResult<IPAddress[]>([address])
            : _running.GetOrAdd(host, name => new Lazy<Task<IPAddress[]>>(() => RunAsync(name))).Value.WaitAsync(cancellationToken);

    // Begins only once it is entered above, so that however fast it ends it takes its own entry out.
    private async Task<IPAddress[]> RunAsync(string host)
    {
        try
        {
            return await _resolve(host).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(host, out _);
        }
    }
}
