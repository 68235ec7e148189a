using System.Numerics;
using DeltaEdge.Core.Wire;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Retries;

/// <summary>What there is for kept bodies, all asks together: without a bound of its own it would be their length times the asks in flight.</summary>
internal sealed class KeptMemory(IOptions<GatewayOptions> options)
{
    private readonly ByteBudget _budget = new(options.Value.RetryMaxKeptBytes);

    /// <summary>An ask's part of it, empty at first; given back when it is disposed of.</summary>
    public Share Open() => new(_budget);

    /// <summary>One ask's.</summary>
    internal sealed class Share(ByteBudget budget) : IDisposable
    {
        private long _taken;

        /// <summary>Whether a body of this length may be held. What was taken stays so: what was read of one that may not is still in memory.</summary>
        public bool TryHold(long length)
        {
            // As the pool lends it.
            var more = (long)BitOperations.RoundUpToPowerOf2((ulong)length) - _taken;
            if (more > 0 && !budget.TryTake(more))
            {
                return false;
            }

            _taken += Math.Max(0, more);
            return true;
        }

        public void Dispose() => budget.GiveBack(_taken);
    }
}
