using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>What is new of a map since a version, as <c>changes</c> in <c>common.lua</c> returns it.</summary>
/// <param name="Version">The version this brings the reader to.</param>
/// <param name="IsWhole">Whether it is all there is; if not, it comes on top of what the reader knows.</param>
/// <param name="News">Ids with their values.</param>
/// <param name="Gone">Ids that are there no more.</param>
internal sealed record MapNews(string Version, bool IsWhole, IReadOnlyList<KeyValuePair<string, string>> News, IReadOnlyList<string> Gone)
{
    public static MapNews Of(RedisResult result)
    {
        var parts = (RedisResult[])result!;
        return new((string)parts[0]!, (int)parts[1] == 1, Pairs(parts[2]), (string[])parts[3]!);
    }

    /// <summary>A flat array, two by two.</summary>
    public static List<KeyValuePair<string, string>> Pairs(RedisResult result)
    {
        var flat = (string[])result!;
        var pairs = new List<KeyValuePair<string, string>>(flat.Length / 2);
        for (var i = 0; i + 1 < flat.Length; i += 2)
        {
            pairs.Add(new(flat[i], flat[i + 1]));
        }

        return pairs;
    }
}
