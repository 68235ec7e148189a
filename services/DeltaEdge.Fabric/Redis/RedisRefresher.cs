using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Fabric.Redis;

/// <summary>
/// Keeps the snapshot fresh: reads on every notification, and every PollMs without one, since notifications may be lost. One read
/// at a time, so that an older answer never lands on a newer one.
/// </summary>
internal sealed partial class RedisRefresher(
    RedisLink link,
    RedisKeys keys,
    RedisSnapshot snapshot,
    RedisStreamDirectory streams,
    IOptions<FabricOptions> options,
    TimeProvider time,
    ILogger<RedisRefresher> logger) : BackgroundService
{
    /// <summary>Notifications that come closer together than this share one read.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);

    /// <summary>The client reconnects by itself in about a second; after this it is made anew.</summary>
    private static readonly TimeSpan ReplaceAfter = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _poll = TimeSpan.FromMilliseconds(options.Value.PollMs);
    private readonly ConcurrentQueue<string> _left = new();
    private TaskCompletionSource _nudge = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _connectedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ConnectAsync();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e); // A bad read must not end the reading: the next one may be good.
            }

            await WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _nudge = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new List<string>();
        while (_left.TryDequeue(out var id))
        {
            left.Add(id);
        }

        var all = await link.TryRunAsync(RedisScript.ReadAll, [keys.Workers, keys.Plan, keys.Streams], [keys.WorkerPrefix], cancellationToken);
        if (all is not null)
        {
            snapshot.Take(all, left);
            await link.SubscribeAsync(keys.Changes, OnMessage, cancellationToken);
            await streams.ReassertAsync(cancellationToken);
            return;
        }

        snapshot.Unreachable();
        if (!link.IsConnected && time.GetElapsedTime(_connectedAt) > ReplaceAfter)
        {
            await ConnectAsync();
        }
    }

    private async Task ConnectAsync()
    {
        _connectedAt = time.GetTimestamp();
        await link.ReconnectAsync();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Gap, time, cancellationToken);
        await Task.WhenAny(_nudge.Task, Task.Delay(_poll - Gap, time, cancellationToken));
    }

    private void OnMessage(string message)
    {
        const string Left = "left:";
        if (message.StartsWith(Left, StringComparison.Ordinal))
        {
            _left.Enqueue(message[Left.Length..]);
        }

        _nudge.TrySetResult();
    }

    [LoggerMessage(1, LogLevel.Error, "Shared state could not be taken in", EventName = "RefreshFailed")]
    private partial void LogFailed(Exception exception);
}
