using System.Runtime.CompilerServices;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Gateway.Readers;

/// <summary>Follows a stream's log for a reader at its own pace, whoever writes it and however often that changes, until the stream is removed.</summary>
internal sealed class LogFollower(IAnswerLog log, IStreamCatalog catalog, ISharedState shared, MonotonicClock clock)
{
    private const int AtOnce = 100;

    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>Id of the newest entry, for a reader that wants what comes from now on; null while shared state is out of reach.</summary>
    public async ValueTask<long?> LastIdAsync(string streamId, CancellationToken cancellationToken) => (await log.ReadAsync(streamId, 0, 1, cancellationToken))?.LastId;

    /// <summary>Everything wanted after an id as it comes; an empty item at least every ten seconds.</summary>
    public async IAsyncEnumerable<LogItem> FollowAsync(string streamId, long after, LogFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spoke = clock.Now;
        while (true)
        {
            var changed = log.LogChanged(streamId);
            var page = await log.ReadAsync(streamId, after, AtOnce, cancellationToken);
            if (page is { Entries.IsEmpty: false })
            {
                if (page.IsAnew || page.Missed > 0)
                {
                    yield return new(null, new LogGap(page.IsAnew ? null : page.Missed, page.Entries[0].Id));
                }

                foreach (var entry in page.Entries)
                {
                    after = entry.Id;
                    if (filter.Wants(entry))
                    {
                        spoke = clock.Now;
                        yield return new(entry, null);
                    }
                }

                continue;
            }

            if (page is not null && shared.Reachable && await catalog.FindAsync(streamId, cancellationToken) is null)
            {
                yield break;
            }

            if (clock.Now - spoke >= HeartbeatEvery)
            {
                spoke = clock.Now;
                yield return default;
            }

            await WaitAsync(changed, page is null ? RetryAfter : LookEvery, cancellationToken);
        }
    }

    private async Task WaitAsync(IChangeToken changed, TimeSpan limit, CancellationToken cancellationToken)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = changed.RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), fired);
        try
        {
            await fired.Task.WaitAsync(limit, clock.Provider, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time to look whether the stream is still there.
        }
    }
}
