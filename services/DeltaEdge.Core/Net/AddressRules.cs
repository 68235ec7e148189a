using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace DeltaEdge.Core.Net;

/// <summary>
/// Sorts IP addresses by who can be behind them, so that a URL from outside cannot be used to reach what only this machine can.
/// An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4) is what the inner one is. Ask about the address that is connected
/// to, after the name is resolved: a name may resolve to another one the next time.
/// Ranges as in the IANA special-purpose address registries (RFC 6890 and what followed it).
/// </summary>
public static class AddressRules
{
    private const ulong Nat64 = 0x0064_ff9b_0000_0000;

    private static readonly (uint Prefix, int Length, AddressScope Scope)[] Version4 =
    [
        (Quad(0, 0, 0, 0), 8, AddressScope.Reserved),
        (Quad(10, 0, 0, 0), 8, AddressScope.Private),
        (Quad(100, 100, 100, 200), 32, AddressScope.LinkLocal),
        (Quad(100, 64, 0, 0), 10, AddressScope.Private),
        (Quad(127, 0, 0, 0), 8, AddressScope.Loopback),
        (Quad(168, 63, 129, 16), 32, AddressScope.LinkLocal),
        (Quad(169, 254, 0, 0), 16, AddressScope.LinkLocal),
        (Quad(172, 16, 0, 0), 12, AddressScope.Private),
        (Quad(192, 0, 0, 0), 24, AddressScope.Reserved),
        (Quad(192, 0, 2, 0), 24, AddressScope.Reserved),
        (Quad(192, 88, 99, 0), 24, AddressScope.Reserved),
        (Quad(192, 168, 0, 0), 16, AddressScope.Private),
        (Quad(198, 18, 0, 0), 15, AddressScope.Reserved),
        (Quad(198, 51, 100, 0), 24, AddressScope.Reserved),
        (Quad(203, 0, 113, 0), 24, AddressScope.Reserved),
        (Quad(224, 0, 0, 0), 3, AddressScope.Reserved),
    ];

    // By the upper 64 bits; the first that fits counts.
    private static readonly (ulong Prefix, int Length, AddressScope Scope)[] Version6 =
    [
        (0x2001_0000_0000_0000, 23, AddressScope.Reserved),
        (0x2001_0db8_0000_0000, 32, AddressScope.Reserved),
        (0x3fff_0000_0000_0000, 20, AddressScope.Reserved),
        (0x2000_0000_0000_0000, 3, AddressScope.Public),
        (0xfd00_0ec2_0000_0000, 64, AddressScope.LinkLocal),
        (0xfc00_0000_0000_0000, 7, AddressScope.Private),
        (0xfec0_0000_0000_0000, 10, AddressScope.Private),
        (0xfe80_0000_0000_0000, 10, AddressScope.LinkLocal),
    ];

    /// <summary>True if anybody on the internet may have this address: neither this machine, nor its site, link or cloud.</summary>
    public static bool IsPublic(IPAddress address) => ScopeOf(address) == AddressScope.Public;

    public static AddressScope ScopeOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return address.AddressFamily == AddressFamily.InterNetwork && written == 4
            ? ScopeOf(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : ScopeOf(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    private static AddressScope ScopeOf(uint address)
    {
        foreach (var (prefix, length, scope) in Version4)
        {
            if ((address ^ prefix) >> (32 - length) == 0)
            {
                return scope;
            }
        }

        return AddressScope.Public;
    }

    private static AddressScope ScopeOf(ulong upper, ulong lower)
    {
        if (upper == 0 && lower == 1)
        {
            return AddressScope.Loopback;
        }

        if ((upper == 0 && lower >> 32 == 0xffff) || (upper == Nat64 && lower >> 32 == 0))
        {
            return ScopeOf((uint)lower);
        }

        if (upper >> 48 == 0x2002)
        {
            return ScopeOf((uint)(upper >> 16));
        }

        foreach (var (prefix, length, scope) in Version6)
        {
            if ((upper ^ prefix) >> (64 - length) == 0)
            {
                return scope;
            }
        }

        return AddressScope.Reserved;
    }

    private static uint Quad(byte a, byte b, byte c, byte d) => (uint)((a << 24) | (b << 16) | (c << 8) | d);
}
