namespace DeltaEdge.Worker.Quality;

/// <summary>The one probe that may run, and the means to stop it: whoever brings real work calls <see cref="GiveWay"/>.</summary>
internal sealed class ProbeTurn
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;

    /// <summary>Begins a turn. From here on an arrival cancels the token; so look at the engine after this, not before.</summary>
    /// <param name="stopping">Ends the turn too.</param>
    public CancellationToken Begin(CancellationToken stopping)
    {
        lock (_lock)
        {
            _running = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            return _running.Token;
        }
    }

    /// <summary>Cancels the probe that runs, if one does. Its row is free after the engine's current step.</summary>
    public void GiveWay()
    {
        lock (_lock)
        {
            _running?.Cancel();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _running?.Dispose();
            _running = null;
        }
    }
}
