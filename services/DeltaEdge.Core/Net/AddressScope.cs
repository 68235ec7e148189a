namespace DeltaEdge.Core.Net;

/// <summary>Who an IP address can belong to, as far as its number says.</summary>
public enum AddressScope
{
    /// <summary>Anybody on the internet.</summary>
    Public = 0,

    /// <summary>A site's own network: RFC 1918, carrier NAT, IPv6 unique local and site local.</summary>
    Private = 1,

    /// <summary>This machine.</summary>
    Loopback = 2,

    /// <summary>The local link; and wherever clouds serve a machine its own credentials.</summary>
    LinkLocal = 3,

    /// <summary>Nobody to talk to: unspecified, multicast, broadcast, documentation, tunnels, and what no registry has given out.</summary>
    Reserved = 4,
}
