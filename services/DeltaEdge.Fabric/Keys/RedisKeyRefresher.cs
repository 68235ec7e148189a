using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Fabric.Keys;

/// <summary>Keeps a gateway's keys fresh, so that a revoked one is refused within a second.</summary>
internal sealed class RedisKeyRefresher(RedisKeyBook book, IOptions<FabricOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wanted = TimeSpan.FromMilliseconds(options.Value.PollMs);
        using var timer = new PeriodicTimer(wanted < LongestPeriod ? wanted : LongestPeriod, time);
        do
        {
            await book.RefreshAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
