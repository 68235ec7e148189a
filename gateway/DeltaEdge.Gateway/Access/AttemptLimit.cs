using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Access;

/// <summary>Bounds how often an address may come without a valid key. Valid keys are not held up by what others at their address do.</summary>
internal sealed class AttemptLimit : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter;
    private readonly int _retryAfter;

    public AttemptLimit(IOptions<GatewayOptions> options)
    {
        var perMinute = options.Value.FailedAttemptsPerMinute;
        _retryAfter = Math.Max(1, 60 / perMinute);
        _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(Network(address), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = perMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));
    }

    /// <summary>Counts an attempt. Null while the address has some left, else when to come again.</summary>
    public int? RetryAfterSeconds(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired ? null : _retryAfter;
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>An IPv6 subscriber has a whole /64 to come from.</summary>
    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
