using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Access;
using DeltaEdge.Fabric.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Keys;

/// <summary>
/// Keys in Redis. Readers go on with what they know while it is away, and put back what it has lost: keys are never removed and
/// never come back from being revoked, so whatever is missing or valid again was lost.
/// </summary>
internal sealed partial class RedisKeyBook(RedisLink link, ILogger<RedisKeyBook> logger) : IKeyBook
{
    private volatile FrozenDictionary<string, ApiKey> _keys = FrozenDictionary<string, ApiKey>.Empty;
    private volatile bool _isRead;
    private string _version = "";

    public ImmutableArray<ApiKey> All => [.. _keys.Values.OrderBy(k => k.Id, StringComparer.Ordinal)];

    public bool IsRead => _isRead;

    public ApiKey? Find(string id) => _keys.GetValueOrDefault(id);

    public async ValueTask<bool> OpenAsync(CancellationToken cancellationToken)
    {
        await link.ReconnectAsync();
        return await RefreshAsync(cancellationToken);
    }

    /// <summary>Takes in what has changed; false if Redis is out of reach. One at a time.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(RedisScript.ReadKeys, [_version], cancellationToken);
        if (result is null)
        {
            return false;
        }

        var parts = (RedisResult[])result!;
        var version = (string)parts[0]!;
        if (version == _version && version.Length > 0)
        {
            return true;
        }

        var read = Read((RedisResult[])parts[1]!);
        var lost = _keys.Values.Where(k => !read.TryGetValue(k.Id, out var now) || (k.IsRevoked && !now.IsRevoked)).ToList();
        foreach (var key in lost)
        {
            read[key.Id] = key;
        }

        if (lost.Count > 0 && await PutAsync("put", lost, cancellationToken) is { } outcome && outcome == KeyOutcome.Done)
        {
            LogPutBack(lost.Count);
        }

        _keys = read.ToFrozenDictionary(StringComparer.Ordinal);
        _isRead = true;
        _version = lost.Count == 0 ? version : ""; // what was put back has a version that only the next read tells
        return true;
    }

    public async ValueTask<KeyOutcome> AddAsync(ApiKey key, CancellationToken cancellationToken) => await PutAsync("add", [key], cancellationToken);

    public async ValueTask<KeyOutcome> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (!await RefreshAsync(cancellationToken))
        {
            return KeyOutcome.Unavailable;
        }

        return Find(id) is { } key ? await PutAsync("put", [key with { IsRevoked = true }], cancellationToken) : KeyOutcome.Unknown;
    }

    private async Task<KeyOutcome> PutAsync(string how, IReadOnlyCollection<ApiKey> keys, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [Guid.NewGuid().ToString("N"), how, .. keys.SelectMany(k => (RedisValue[])[k.Id, JsonSerializer.Serialize(k, KeyJson.Default.ApiKey)])];
        return await link.TryRunAsync(RedisScript.PutKeys, arguments, cancellationToken) switch
        {
            null => KeyOutcome.Unavailable,
            var result => (int)result == 1 ? KeyOutcome.Done : KeyOutcome.Exists,
        };
    }

    private Dictionary<string, ApiKey> Read(RedisResult[] entries)
    {
        var read = new Dictionary<string, ApiKey>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < entries.Length; i += 2)
        {
            try
            {
                if (JsonSerializer.Deserialize((string)entries[i + 1]!, KeyJson.Default.ApiKey) is { } key)
                {
                    read[key.Id] = key;
                }
            }
            catch (JsonException)
            {
                LogUnreadable((string)entries[i]!);
            }
        }

        return read;
    }

    [LoggerMessage(1, LogLevel.Warning, "Redis had lost {Count} API keys; they are put back", EventName = "KeysPutBack")]
    private partial void LogPutBack(int count);

    [LoggerMessage(2, LogLevel.Error, "API key {Id} in Redis cannot be read and is refused", EventName = "KeyUnreadable")]
    private partial void LogUnreadable(string id);
}
