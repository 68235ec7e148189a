using System.Net;

namespace DeltaEdge.Delivery.Net;

/// <summary>The system's resolver; an address in digits is itself.</summary>
internal sealed class DnsResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
