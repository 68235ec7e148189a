using System.Net;

namespace DeltaEdge.Delivery.Net;

/// <summary>Names to addresses.</summary>
internal interface IHostResolver
{
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
