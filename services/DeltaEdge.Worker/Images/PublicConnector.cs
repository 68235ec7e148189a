using System.Net;
using System.Net.Sockets;
using DeltaEdge.Telemetry.Net;

namespace DeltaEdge.Worker.Images;

/// <summary>
/// Connects to public addresses only. The name is resolved here, once.
/// </summary>
/// <param name="resolve">Addresses of a name; the worker's resolver outside tests.</param>
/// <param name="isAllowed">Which addresses may be connected to.</param>
internal sealed class PublicConnector(Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPAddress, bool> isAllowed)
{
    /// <exception cref="AddressRefusedException">One of the name's addresses is not allowed: a name with both kinds is a trap.</exception>
    /// <exception cref="SocketException">The name is unknown, or nobody answers there.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (!addresses.All(isAllowed))
        {
            throw new AddressRefusedException("The name has an address that is not public.");
        }

        return await TcpStreams.OpenAsync(addresses, target.Port, cancellationToken);
    }
}
