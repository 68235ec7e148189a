using System.Net;
using System.Net.Sockets;

namespace DeltaEdge.Telemetry.Net;

/// <summary>Connections to addresses that were checked: what was checked is what is connected to, so a name that changes its mind in between gains nothing.</summary>
public static class TcpStreams
{
    /// <param name="addresses">Tried in their order.</param>
    /// <param name="port">Of the host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">Nobody answers.</exception>
    public static async Task<Stream> OpenAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
