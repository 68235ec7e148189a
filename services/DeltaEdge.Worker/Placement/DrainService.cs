using System.Collections.Immutable;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Placement;

/// <summary>
/// What a worker does between being told to stop and stopping, while its server still answers: says so in its report, and hands its
/// streams over, a few at a time, each when the one before runs elsewhere. Asks in flight are then waited for by the server.
/// </summary>
internal sealed partial class DrainService(
    StreamKeeper keeper, DrainState drain, IStreamDirectory directory, IWorkerRegistry workers, ISharedState shared,
    WorkerIdentity identity, IHostApplicationLifetime lifetime, IOptions<PlacementOptions> options, MonotonicClock clock, ILogger<DrainService> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>Between the report that says so and the first hand-over: a gateway has heard it by then and sends no new asks.</summary>
    private static readonly TimeSpan HearSay = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a stream that was let go of may stay without an owner before the next ones follow.</summary>
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly PlacementOptions _options = options.Value;
    private readonly string _self = identity.WorkerId;
    private CancellationTokenRegistration _told;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _told = lifetime.ApplicationStopping.Register(drain.Begin);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        drain.Begin();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.DrainSeconds));
        try
        {
            await HandOverAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            LogOutOfTime(keeper.Ids.Length);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _told.Dispose();

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        if (Others.IsEmpty)
        {
            await LetGoAsync(keeper.Ids, cancellationToken);
            return;
        }

        LogDraining(keeper.Ids.Length);
        await UntilAsync(() => workers.Live.Any(w => w.WorkerId == _self && w.Draining), TakeOver, cancellationToken);
        await Task.Delay(HearSay, clock.Provider, cancellationToken);
        foreach (var some in keeper.Ids.Chunk(_options.DrainAtOnce))
        {
            await LetGoAsync(some, cancellationToken);
            await UntilAsync(() => some.All(id => directory.Find(id) is { } owner && owner.WorkerId != _self), TakeOver, cancellationToken);
        }
    }

    /// <summary>Who could take over.</summary>
    private ImmutableArray<string> Others => shared.Reachable ? [.. workers.Live.Where(w => w.WorkerId != _self && !w.Draining).Select(w => w.WorkerId)] : [];

    private async Task LetGoAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        await keeper.Turn.WaitAsync(cancellationToken);
        try
        {
            await Task.WhenAll(ids.Select(id => LetGoAsync(id, cancellationToken)));
        }
        finally
        {
            keeper.Turn.Release();
        }
    }

    private async Task LetGoAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await keeper.HandOverAsync(id, cancellationToken);
            await directory.ReleaseAsync(id, _self, cancellationToken);
        }
#pragma warning disable CA1031 // The streams after this one are handed over all the same; this one is claimed when the worker is gone.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotHandedOver(id, e);
        }
    }

    private async Task UntilAsync(Func<bool> isSo, TimeSpan limit, CancellationToken cancellationToken)
    {
        for (var end = clock.Now + limit; !isSo() && clock.Now < end;)
        {
            await Task.Delay(Look, clock.Provider, cancellationToken);
        }
    }

    [LoggerMessage(EventName = "Draining", Level = LogLevel.Information, Message = "Told to stop: {Count} streams are handed over.")]
    private partial void LogDraining(int count);

    [LoggerMessage(EventName = "StreamNotHandedOver", Level = LogLevel.Error, Message = "Stream {Stream} could not be handed over.")]
    private partial void LogNotHandedOver(string stream, Exception exception);

    [LoggerMessage(EventName = "DrainOutOfTime", Level = LogLevel.Warning, Message = "Out of time while handing over; {Count} streams are left to whoever claims them when this worker is gone.")]
    private partial void LogOutOfTime(int count);
}
