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
    RedisStreamCatalog catalog,
    RedisLogWatch logs,
    IOptions<FabricOptions> options,
    TimeProvider time,
    ILogger<RedisRefresher> logger) : BackgroundService
{
    /// <summary>Notifications that come closer together than this share one read.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);

    /// <summary>The client reconnects by itself in about a second, if it notices; after this it is made anew.</summary>
    private static readonly TimeSpan ReplaceAfter = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _poll = TimeSpan.FromMilliseconds(options.Value.PollMs);
    private readonly ConcurrentQueue<string> _left = new();
    private TaskCompletionSource _nudge = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _connecting = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await link.ListenAsync(keys.Changes, OnMessage);
        await link.ReconnectAsync();
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

        var result = await link.TryRunAsync(
            RedisScript.ReadAll, [snapshot.Epoch, snapshot.CatalogVersion, snapshot.OwnersVersion, Guid.NewGuid().ToString("N"), options.Value.ReportTtlMs], cancellationToken);
        if (result is not null)
        {
            var news = RedisNews.Of(result);
            if (snapshot.Epoch.Length > 0 && news.Epoch != snapshot.Epoch)
            {
                await RestoreAsync(news, cancellationToken);
                return;
            }

            snapshot.Take(news, left);
            logs.Sweep();
            return;
        }

        snapshot.Unreachable();
        if (_connecting.IsCompleted && link.SilentFor > ReplaceAfter)
        {
            _connecting = Task.Run(link.ReconnectAsync, cancellationToken); // Beside the reading, over which the old connection may heal.
        }
    }

    /// <summary>The store was emptied, or came back older than it was. What this process knew goes back first; only then is the new life of the store taken as the truth.</summary>
    private async Task RestoreAsync(RedisNews news, CancellationToken cancellationToken)
    {
        if (await catalog.RestoreAsync(cancellationToken) && await streams.RestoreAsync(cancellationToken))
        {
            LogRestored();
            snapshot.Begin(news.Epoch);
            logs.FireAll();
        }

        _nudge.TrySetResult();
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

    [LoggerMessage(2, LogLevel.Warning, "Shared state had lost something; what this process knew has been put back", EventName = "Restored")]
    private partial void LogRestored();

    [LoggerMessage(1, LogLevel.Error, "Shared state could not be taken in", EventName = "RefreshFailed")]
    private partial void LogFailed(Exception exception);
}
