using System.Threading.Channels;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Worker.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Worker.Placement;

/// <summary>
/// Makes what runs here what the catalog and the owners say, whatever happened since it looked last: lets go of what is not this
/// worker's, runs what is, claims what nobody has, gives away what it has too much of. Each stream for itself: what goes wrong with one
/// is tried again at the next look and keeps no other waiting.
/// </summary>
internal sealed partial class PlacementLoop(
    StreamKeeper keeper, StreamLogs logs, IStreamCatalog catalog, IStreamDirectory directory, IWorkerRegistry workers, ISharedState shared,
    DrainState drain, WorkerIdentity identity, IOptions<PlacementOptions> options, MonotonicClock clock, ILogger<PlacementLoop> logger) : BackgroundService
{
    private readonly PlacementOptions _options = options.Value;
    private readonly PlacementView _view = new();
    private readonly string _self = identity.WorkerId;

    // One pending bell says all there is to say: whatever rings while it is pending will be seen by the same look.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
        SingleWriter = false,
        AllowSynchronousContinuations = false,
    });

    private TimeSpan _mayMoveAt;
    private HashSet<string> _failedBefore = [];
    private HashSet<string> _failed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        logs.OnLost = _ => Ring();
        using var catalogChanged = ChangeToken.OnChange(catalog.CatalogChanged, Ring);
        using var ownersChanged = ChangeToken.OnChange(directory.OwnersChanged, Ring);
        using var membershipChanged = ChangeToken.OnChange(workers.MembershipChanged, Ring);
        await using var timer = clock.Provider.CreateTimer(_ => Ring(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(_options.LookMs));
        await foreach (var _ in _bell.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The loop outlives whatever one look meets; the next look sees the same and tries again.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogLookFailed(e);
            }
        }
    }

    private void Ring() => _bell.Writer.TryWrite(true);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await keeper.Turn.WaitAsync(cancellationToken);
        try
        {
            // Where others cannot be seen nothing says that they are lost; and a worker that stops gives away in its own order.
            if (!shared.IsSettled || drain.IsDraining)
            {
                return;
            }

            (_failedBefore, _failed) = (_failed, []);
            foreach (var id in keeper.Ids)
            {
                await TryAsync(id, () => KeepOrStopAsync(id, cancellationToken), cancellationToken);
            }

            foreach (var owner in directory.List.Where(o => o.WorkerId == _self))
            {
                await TryAsync(owner.StreamId, () => RunAsync(owner, cancellationToken), cancellationToken);
            }

            await PlaceAsync(cancellationToken);
        }
        finally
        {
            keeper.Turn.Release();
        }
    }

    private async Task TryAsync(string id, Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step();
        }
#pragma warning disable CA1031 // Whatever it is, the streams after this one are not to blame.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (_failed.Add(id) && !_failedBefore.Contains(id))
            {
                LogStreamFailed(id, e);
            }
        }
    }

    private async Task KeepOrStopAsync(string id, CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(id, cancellationToken) is not { } record)
        {
            if (shared.Reachable)
            {
                await keeper.StopAsync(id, TimeSpan.Zero);
                await directory.ReleaseAsync(id, _self, cancellationToken);
            }
        }
        else if (directory.Find(id) is not { } owner)
        {
            // It runs here and nobody has it: the store forgot. Asking comes first, because it may be another's by now.
            await ClaimAsync(record, cancellationToken);
        }
        else if (owner.WorkerId != _self)
        {
            await keeper.StopAsync(id, TimeSpan.Zero);
            LogTaken(id, owner.WorkerId);
        }
    }

    private async Task RunAsync(StreamOwner owner, CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(owner.StreamId, cancellationToken) is { } record)
        {
            await keeper.RunAsync(record, owner, cancellationToken);
        }
        else if (shared.Reachable)
        {
            await directory.ReleaseAsync(owner.StreamId, _self, cancellationToken);
        }
    }

    private async Task PlaceAsync(CancellationToken cancellationToken)
    {
        _view.Look(workers.Live, catalog.All, directory.Find, clock.Now);
        var stableFor = clock.Now < _mayMoveAt ? TimeSpan.Zero : _view.StableFor;
        var decision = Core.Placement.Placement.Decide(_self, _view.Workers, _view.Streams, stableFor, _options.Rules);
        foreach (var id in decision.Claims)
        {
            if (catalog.Find(id) is { } record)
            {
                await TryAsync(id, () => ClaimAsync(record, cancellationToken), cancellationToken);
            }
        }

        foreach (var id in decision.Releases)
        {
            _mayMoveAt = clock.Now + TimeSpan.FromMilliseconds(_options.MoveEveryMs);
            await TryAsync(id, () => MoveAsync(id, cancellationToken), cancellationToken);
        }
    }

    private async Task MoveAsync(string id, CancellationToken cancellationToken)
    {
        await keeper.HandOverAsync(id, cancellationToken);
        await directory.ReleaseAsync(id, _self, cancellationToken);
        LogMoved(id);
    }

    private async Task ClaimAsync(StreamRecord record, CancellationToken cancellationToken)
    {
        var claim = await directory.ClaimAsync(record.StreamId, _self, cancellationToken);
        if (claim.Granted)
        {
            LogClaimed(record.StreamId, claim.Owner!.Fence);
            await keeper.RunAsync(record, claim.Owner, cancellationToken);
        }
        else if (claim.Outcome == ClaimOutcome.Taken)
        {
            await keeper.StopAsync(record.StreamId, TimeSpan.Zero);
        }
    }

    [LoggerMessage(EventName = "StreamClaimed", Level = LogLevel.Information, Message = "Stream {Stream} is this worker's now, under fence {Fence}.")]
    private partial void LogClaimed(string stream, long fence);

    [LoggerMessage(EventName = "StreamTaken", Level = LogLevel.Warning, Message = "Stream {Stream} is {Worker}'s now; stopped here.")]
    private partial void LogTaken(string stream, string worker);

    [LoggerMessage(EventName = "StreamMoved", Level = LogLevel.Information, Message = "Stream {Stream} is given away: this worker has more than its share.")]
    private partial void LogMoved(string stream);

    [LoggerMessage(EventName = "StreamPlacementFailed", Level = LogLevel.Error, Message = "Looking after stream {Stream} fails; it is tried again at every look.")]
    private partial void LogStreamFailed(string stream, Exception exception);

    [LoggerMessage(EventName = "PlacementFailed", Level = LogLevel.Error, Message = "Looking after the streams failed; the next look follows.")]
    private partial void LogLookFailed(Exception exception);
}
