using DeltaEdge.Core.Quality;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Asking;
using DeltaEdge.Worker.Quality;

namespace DeltaEdge.Worker.Serving;

/// <summary>
/// A model that answers, and what holds for it alone. An ask takes all of it at its start, by a lease, so that it never meets two
/// models; the engine is disposed when the last lease has ended.
/// </summary>
internal sealed class ServedModel(IVisionEngine engine, CurveBook curves, ProbeReservoir reservoir, string workerId)
{
    private readonly TaskCompletionSource _unused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _leases = 1; // The first is of whoever put it in force.

    public string Name => Engine.ModelName;

    public IVisionEngine Engine { get; } = engine;

    public CurveBook Curves { get; } = curves;

    /// <summary>Its own answers: another model's say nothing about its agreement with itself.</summary>
    public ProbeReservoir Reservoir { get; } = reservoir;

    public AnswerInfos Infos { get; } = new(engine, curves, workerId);

    /// <summary>False once it was retired and nobody uses it any more.</summary>
    public bool TryTake()
    {
        for (var leases = Volatile.Read(ref _leases); leases > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _leases, leases + 1, leases);
            if (seen == leases)
            {
                return true;
            }

            leases = seen;
        }

        return false;
    }

    public void Return()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            _unused.SetResult();
        }
    }

    /// <summary>Waits for all asks that took it, then disposes the engine. To be called once, by whoever took it out of force.</summary>
    /// <param name="hurry">Ends the wait; asks that are left end as the engine's options say.</param>
    public async Task RetireAsync(CancellationToken hurry)
    {
        Return();
        await _unused.Task.WaitAsync(hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Engine.DisposeAsync();
    }
}
