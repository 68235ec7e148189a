using System.Diagnostics.Metrics;
using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry;
using DeltaEdge.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Edge;

/// <summary>What there is for the bodies of requests in flight: without a bound of its own it would be their length times their number.</summary>
internal sealed class BodyMemory
{
    private readonly ByteBudget _budget;

    public BodyMemory(IOptions<WorkerOptions> options, IMeterFactory meters)
    {
        _budget = new ByteBudget(options.Value.MaxBodyBytesInFlight);
        meters.Create(InstrumentNames.Meter).CreateObservableGauge(InstrumentNames.BodiesInFlightBytes, () => _budget.Taken, "By", "Bodies of the requests that the worker has.");
    }

    /// <summary>A request's part of it, empty at first; given back when it is disposed of.</summary>
    public Share Open() => new(_budget);

    /// <summary>One request's.</summary>
    internal sealed class Share(ByteBudget budget) : IDisposable
    {
        private long _taken;

        public bool TryTake(long bytes)
        {
            if (!budget.TryTake(bytes))
            {
                return false;
            }

            _taken += bytes;
            return true;
        }

        public void Dispose() => budget.GiveBack(_taken);
    }
}
