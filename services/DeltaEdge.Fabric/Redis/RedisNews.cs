using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>What <c>read-all.lua</c> returned.</summary>
/// <param name="Reports">Each live worker's report, JSON, and what is left of its time to live.</param>
/// <param name="Plan">The plan, JSON; empty if there is none.</param>
/// <param name="PlanRemaining">What is left of its time to live.</param>
/// <param name="Epoch">The life of the store.</param>
/// <param name="Grace">How long silence still proves nothing.</param>
/// <param name="Catalog">What is new of the catalog.</param>
/// <param name="Streams">What is new of the owners.</param>
internal sealed record RedisNews(
    IReadOnlyList<(string Json, TimeSpan Remaining)> Reports, string Plan, TimeSpan PlanRemaining, string Epoch, TimeSpan Grace, MapNews Catalog, MapNews Streams)
{
    public static RedisNews Of(RedisResult result)
    {
        var parts = (RedisResult[])result!;
        return new(
            MapNews.Pairs(parts[0]).Select(p => (p.Key, Milliseconds(p.Value))).ToList(), (string)parts[1]!, Milliseconds((string)parts[2]!),
            (string)parts[3]!, Milliseconds((string)parts[4]!), MapNews.Of(parts[5]), MapNews.Of(parts[6]));
    }

    private static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
