using System.Globalization;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>How many answers a second one process appends over Redis. Run it by name with <c>-explicit only</c>; it prints.</summary>
public sealed class AppendReport(RedisServerFixture redis, ITestOutputHelper output)
{
    private const int Streams = 32;
    private const int Each = 500;

    [Fact(Explicit = true)]
    public async Task AppendsPerSecond()
    {
        await using var host = await FabricHost.StartRedisAsync(redis.ConnectionString, $"append-{Guid.NewGuid():N}", ("ReportTtlMs", "60000"));
        await Wait.UntilAsync(() => host.State.Reachable, () => "shared state");
        await host.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(async i =>
        {
            var owner = (await host.Streams.ClaimAsync($"cam{i}", "w1", default)).Owner!;
            for (var sequence = 1; sequence <= Each; sequence++)
            {
                await host.Log.AppendAsync(owner, new("a", sequence), FabricSamples.Answer(owner.StreamId, "seven"), default);
            }
        }));
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Streams * Each / seconds:F0} appends/s, {Streams} at once, {seconds / Each * 1000:F2} ms each"));
    }
}
