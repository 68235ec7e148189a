using System.Collections.Concurrent;
using System.Net;

namespace DeltaEdge.Streams.Sources;

/// <summary>
/// Names to addresses, each lookup on a thread of its own. The system's resolver blocks its caller for many seconds where a name
/// server is silent; on the pool's threads a few such cameras would stop all others.
/// </summary>
internal sealed class HostLookup
{
    private readonly ConcurrentDictionary<string, Task<IPAddress[]>> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses of a host, which may be an address itself. A lookup that runs already is joined.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name has no address.</exception>
    public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? Task.FromResult<IPAddress[]>([address])
            : _running.GetOrAdd(host, Start).WaitAsync(cancellationToken);

    private Task<IPAddress[]> Start(string host)
    {
        var lookup = Task.Factory.StartNew(() => Dns.GetHostAddresses(host), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = lookup.ContinueWith(_ => _running.TryRemove(host, out var _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return lookup;
    }
}
