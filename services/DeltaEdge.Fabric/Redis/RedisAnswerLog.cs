using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Streams;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Streams;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>One Redis Stream per camera. Each call is one round trip.</summary>
internal sealed class RedisAnswerLog(RedisLink link, RedisSnapshot snapshot, RedisLogWatch watch, IOptions<FabricOptions> options) : IAnswerLog
{
    private const string AnswerKind = "a";
    private const string EventKind = "e";

    private readonly int _kept = options.Value.AnswersKept;
    private readonly int _maxBytes = options.Value.AnswersMaxBytes;
    private readonly long _maxAgeMs = (long)(options.Value.AnswersMaxAgeSeconds * 1000);

    public async ValueTask<AppendReceipt> AppendAsync(StreamOwner owner, AppendKey key, LogEntry entry, CancellationToken cancellationToken)
    {
        var (kind, json) = entry.Answer is { } answer
            ? (AnswerKind, JsonSerializer.SerializeToUtf8Bytes(answer, StreamJsonContext.Default.StreamAnswer))
            : (EventKind, JsonSerializer.SerializeToUtf8Bytes(entry.Event!, StreamJsonContext.Default.StreamEvent));
        var result = await link.TryRunAsync(
            RedisScript.AppendAnswer, [owner.StreamId, owner.Fence, key.Writer, key.Sequence, kind, json, snapshot.Epoch, _kept, _maxBytes, _maxAgeMs], cancellationToken);
        if (result is null)
        {
            return new(AppendOutcome.Unavailable, 0);
        }

        var parts = (RedisResult[])result!;
        return new((AppendOutcome)(int)parts[0], (long)parts[1]);
    }

    public async ValueTask<LogPage?> ReadAsync(string streamId, long after, int max, CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(RedisScript.ReadLog, [streamId, after, max, _maxAgeMs], cancellationToken);
        if (result is null)
        {
            return null;
        }

        var parts = (RedisResult[])result!;
        return new(Entries((RedisValue[])parts[3]!), (long)parts[1], (int)parts[0] == 1, (long)parts[2]);
    }

    public IChangeToken LogChanged(string streamId) => watch.Token(streamId);

    private static ImmutableArray<LogEntry> Entries(RedisValue[] flat)
    {
        var entries = ImmutableArray.CreateBuilder<LogEntry>(flat.Length / 3);
        for (var i = 0; i + 2 < flat.Length; i += 3)
        {
            if (Read(flat[i + 1].ToString(), flat[i + 2]) is { } entry)
            {
                entries.Add(entry.At((long)flat[i]));
            }
        }

        return entries.DrainToImmutable();
    }

    /// <summary>Null for what another version wrote and this one cannot read.</summary>
    private static LogEntry? Read(string kind, byte[]? json)
    {
        try
        {
            return kind switch
            {
                AnswerKind when JsonSerializer.Deserialize(json, StreamJsonContext.Default.StreamAnswer) is { } answer => LogEntry.Of(answer),
                EventKind when JsonSerializer.Deserialize(json, StreamJsonContext.Default.StreamEvent) is { } happened => LogEntry.Of(happened),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
