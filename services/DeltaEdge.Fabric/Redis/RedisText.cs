using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Json;
using DeltaEdge.Fabric.Streams;

namespace DeltaEdge.Fabric.Redis;

/// <summary>Values of the maps in Redis: a number that scripts compare, a colon, and what it stands before.</summary>
internal static class RedisText
{
    /// <summary>FENCE:WORKER.</summary>
    public static string Write(StreamOwner owner) => FormattableString.Invariant($"{owner.Fence}:{owner.WorkerId}");

    /// <summary>REVISION:JSON.</summary>
    public static string Write(StreamRecord record) => FormattableString.Invariant($"{record.Revision}:{FabricJson.Write(record)}");

    public static StreamOwner? ReadOwner(string streamId, string text) =>
        Split(text, out var rest) is { } fence ? new(streamId, rest, fence) : null;

    public static StreamRecord? ReadRecord(string streamId, string text) =>
        Split(text, out var rest) is { } revision && FabricJson.ReadRecord(rest) is { } record && record.StreamId == streamId && record.Revision == revision ? record : null;

    private static long? Split(string text, out string rest)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        rest = text[(colon + 1)..];
        return colon > 0 && long.TryParse(text.AsSpan(0, colon), out var number) ? number : null;
    }
}
