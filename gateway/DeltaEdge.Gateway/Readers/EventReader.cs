using DeltaEdge.Core.Time;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Readers;

/// <summary>A reader of server-sent events. One that does not take an event in time is disconnected; it can resume.</summary>
internal sealed class EventReader(LogFollower follower, IOptions<GatewayOptions> options, MonotonicClock clock)
{
    private readonly TimeSpan _limit = TimeSpan.FromSeconds(options.Value.ReaderTimeoutSeconds);

    public async Task RunAsync(HttpContext context, string id, long after, LogFilter filter)
    {
        ServerSentEvents.Begin(context);
        await ServerSentEvents.HeartbeatAsync(context);
        await foreach (var item in follower.FollowAsync(id, after, filter, context.RequestAborted))
        {
            try
            {
                await SendAsync(context, item).WaitAsync(_limit, clock.Provider, context.RequestAborted);
            }
            catch (TimeoutException)
            {
                context.Abort();
                return;
            }
        }
    }

    private static Task SendAsync(HttpContext context, LogItem item) => item switch
    {
        { Entry: { } entry } => ServerSentEvents.WriteAsync(context, LogFilter.TypeOf(entry), entry.Id, LogJson.Data(entry)),
        { Gap: { } gap } => ServerSentEvents.WriteAsync(context, "gap", gap.NextId - 1, LogJson.Data(gap)),
        _ => ServerSentEvents.HeartbeatAsync(context),
    };
}
