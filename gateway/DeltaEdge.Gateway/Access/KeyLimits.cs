using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using DeltaEdge.Core.Access;

namespace DeltaEdge.Gateway.Access;

/// <summary>Each key's rate and concurrency at this gateway. There are as many as there are valid keys, and they live as long.</summary>
internal sealed class KeyLimits
{
    private readonly ConcurrentDictionary<string, Limit> _limits = new(StringComparer.Ordinal);

    public Limit Of(ApiKey key) => _limits.GetOrAdd(key.Id, static (_, k) => new Limit(k), key);

    /// <summary>One key's limits.</summary>
#pragma warning disable CA1001 // Limiters without a timer hold nothing to dispose of.
    internal sealed class Limit(ApiKey key)
#pragma warning restore CA1001
    {
        private readonly TokenBucketRateLimiter _rate = new(new TokenBucketRateLimiterOptions
        {
            AutoReplenishment = false,
            TokenLimit = key.Burst,
            TokensPerPeriod = (int)Math.Ceiling(key.RequestsPerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Ceiling(key.RequestsPerSecond) / key.RequestsPerSecond),
            QueueLimit = 0,
        });

        private readonly ConcurrencyLimiter _concurrency = new(new ConcurrencyLimiterOptions { PermitLimit = key.Concurrency, QueueLimit = 0 });

        /// <summary>Requests that may be sent at once now.</summary>
        public long Remaining => _rate.GetStatistics()?.CurrentAvailablePermits ?? 0;

        /// <summary>Whole seconds, rounded up, until the next request may be sent.</summary>
        public int NextSeconds { get; } = Seconds(1 / key.RequestsPerSecond);

        /// <summary>Whole seconds, rounded up, until all of the burst is there again.</summary>
        public int ResetSeconds => Seconds((key.Burst - Remaining) / key.RequestsPerSecond);

        public bool TryTake()
        {
            _rate.TryReplenish();
            using var lease = _rate.AttemptAcquire();
            return lease.IsAcquired;
        }

        /// <summary>A place among those in flight, to be disposed of when the request has ended; not acquired if there is none.</summary>
        public RateLimitLease Enter() => _concurrency.AttemptAcquire();

        private static int Seconds(double seconds) => (int)Math.Min(int.MaxValue, Math.Ceiling(seconds));
    }
}
