using System.Net;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.Telemetry.Http;

/// <summary>Who can reach a server: only this machine, or others as well.</summary>
public static class ListeningScope
{
    /// <summary>Whether all of these are on the loopback interface or Unix sockets. A name other than localhost counts as reachable from elsewhere.</summary>
    /// <param name="addresses">As the server says where it listens: http://127.0.0.1:8080, http://[::]:80, http://+:80.</param>
    public static bool IsLoopbackOnly(IEnumerable<string> addresses) => addresses.All(IsLoopback);

    /// <summary>Whether the connection came in over loopback, or over no network at all.</summary>
    public static bool IsLoopback(ConnectionInfo connection) => IsLoopback(connection.LocalIpAddress) && IsLoopback(connection.RemoteIpAddress);

    private static bool IsLoopback(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsLoopback(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.IsUnixPipe
            || string.Equals(binding.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(binding.Host, out var ip) && IsLoopback(ip));
    }
}
