using DeltaEdge.Core.Time;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Readers;

/// <summary>
/// A reader of server-sent events. One that does not take an event in time is disconnected; when the gateway stops, the response ends.
/// Either can resume.
/// </summary>
internal sealed class EventReader(LogFollower follower, IOptions<GatewayOptions> options, MonotonicClock clock)
{
    private readonly TimeSpan _limit = TimeSpan.FromSeconds(options.Value.ReaderTimeoutSeconds);

    /// <exception cref="OperationCanceledException">The reader left.</exception>
    public async Task RunAsync(HttpContext context, string id, long after, LogFilter filter, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        ServerSentEvents.Begin(context);
        await ServerSentEvents.HeartbeatAsync(context);
        try
        {
            await foreach (var item in follower.FollowAsync(id, after, filter, end.Token))
            {
                if (!await TrySendAsync(context, item, end.Token))
                {
                    context.Abort();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The gateway stops: another follows the same log.
        }
    }

    private async Task<bool> TrySendAsync(HttpContext context, LogItem item, CancellationToken end)
    {
        try
        {
            await SendAsync(context, item).WaitAsync(_limit, clock.Provider, end);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private static Task SendAsync(HttpContext context, LogItem item) => item switch
    {
        { Entry: { } entry } => ServerSentEvents.WriteAsync(context, LogFilter.TypeOf(entry), entry.Id, LogJson.Data(entry)),
        { Gap: { } gap } => ServerSentEvents.WriteAsync(context, "gap", gap.NextId - 1, LogJson.Data(gap)),
        _ => ServerSentEvents.HeartbeatAsync(context),
    };
}
