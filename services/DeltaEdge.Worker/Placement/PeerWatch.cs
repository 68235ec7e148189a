using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Sockets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Placement;

/// <summary>
/// Says goodbye for a worker whose process has ended, so that its streams need not wait for its report to run out: it is silent, and
/// its address, which took connections before, refuses them. One that stands still, or is cut off, refuses nothing and keeps its time
/// to live; and an address that never took a connection from here, or is none, proves nothing by refusing one.
/// </summary>
internal sealed partial class PeerWatch(
    IWorkerRegistry workers, ISharedState shared, WorkerIdentity identity, IOptions<PlacementOptions> options, MonotonicClock clock, ILogger<PeerWatch> logger) : BackgroundService
{
    /// <summary>Peers that one worker watches.</summary>
    private const int Most = 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly double _silentSeconds = options.Value.SilentMs / 1000.0;
    private readonly string _self = identity.WorkerId;

    // By address: whether it took a connection when its worker was first seen.
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock.Provider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var peers = Watched(workers.Live);
            foreach (var gone in _open.Keys.Except(peers.Select(p => p.Address)))
            {
                _open.TryRemove(gone, out _);
            }

            await Task.WhenAll(peers.Select(p => TryWatchAsync(p, stoppingToken)));
        }
    }

    /// <summary>Those that follow in the order of ids, round and round: each is watched by a few, however many there are.</summary>
    private WorkerReport[] Watched(ImmutableArray<WorkerReport> live)
    {
        var self = live.Select(w => w.WorkerId).ToList().IndexOf(_self);
        return self < 0 ? [] : [.. Enumerable.Range(1, Math.Min(Most, live.Length - 1)).Select(i => live[(self + i) % live.Length])];
    }

    /// <summary>A peer that cannot be watched is let be, and takes nobody else down.</summary>
    private async Task TryWatchAsync(WorkerReport peer, CancellationToken cancellationToken)
    {
        try
        {
            await WatchAsync(peer, cancellationToken);
        }
#pragma warning disable CA1031 // What a peer says of itself decides what is thrown here.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _open[peer.Address] = false;
            LogCannotWatch(peer.WorkerId, peer.Address, e);
        }
    }

    private async Task WatchAsync(WorkerReport peer, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue(peer.Address, out var wasOpen))
        {
            _open[peer.Address] = await KnockAsync(peer.Address, cancellationToken) == SocketError.Success;
        }
        else if (wasOpen && shared.IsSettled && workers.SecondsSinceReport(peer.WorkerId) > _silentSeconds
            && await KnockAsync(peer.Address, cancellationToken) == SocketError.ConnectionRefused)
        {
            LogGone(peer.WorkerId);
            await workers.RemoveAsync(peer.WorkerId, cancellationToken);
        }
    }

    private async Task<SocketError> KnockAsync(string address, CancellationToken cancellationToken)
    {
        if (!WorkerAddress.TryParse(address, out var url))
        {
            return SocketError.AddressNotAvailable;
        }

        using var client = new TcpClient();
        using var limit = new CancellationTokenSource(Patience, clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await client.ConnectAsync(url.Host, url.Port, either.Token);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SocketError.TimedOut;
        }
    }

    [LoggerMessage(EventName = "PeerGone", Level = LogLevel.Warning, Message = "Worker {Worker} is silent and its address refuses connections: it is gone.")]
    private partial void LogGone(string worker);

    [LoggerMessage(EventName = "PeerNotWatched", Level = LogLevel.Warning, Message = "Worker {Worker} cannot be watched at {Address}.")]
    private partial void LogCannotWatch(string worker, string address, Exception exception);
}
