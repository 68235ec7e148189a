using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Access;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Fabric.Keys;

/// <summary>
/// Keys in a JSON file, for gateways of one machine. A change by another process is seen by the next look, at most one in 200 ms.
/// A file that cannot be read leaves what was read before.
/// </summary>
internal sealed partial class FileKeyBook(string path, TimeProvider time, ILogger<FileKeyBook> logger) : IKeyBook
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private FrozenDictionary<string, ApiKey> _keys = FrozenDictionary<string, ApiKey>.Empty;
    private (DateTime Written, long Length)? _seen;
    private long? _lookedAt;
    private volatile bool _isRead;

    public ImmutableArray<ApiKey> All => [.. Current().Values.OrderBy(k => k.Id, StringComparer.Ordinal)];

    public bool IsRead
    {
        get
        {
            _ = Current();
            return _isRead;
        }
    }

    public ApiKey? Find(string id) => Current().GetValueOrDefault(id);

    public ValueTask<bool> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = KeyFile.Read(path);
            return ValueTask.FromResult(true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(path, e.Message);
            return ValueTask.FromResult(false);
        }
    }

    public ValueTask<KeyOutcome> AddAsync(ApiKey key, CancellationToken cancellationToken) => Change(
        keys => keys.Any(k => k.Id == key.Id) ? (KeyOutcome.Exists, keys) : (KeyOutcome.Done, keys.Add(key)));

    public ValueTask<KeyOutcome> RevokeAsync(string id, CancellationToken cancellationToken) => Change(
        keys => keys.FirstOrDefault(k => k.Id == id) is { } key ? (KeyOutcome.Done, keys.Replace(key, key with { IsRevoked = true })) : (KeyOutcome.Unknown, keys));

    private ValueTask<KeyOutcome> Change(Func<ImmutableArray<ApiKey>, (KeyOutcome Outcome, ImmutableArray<ApiKey> Keys)> change)
    {
        lock (_lock)
        {
            try
            {
                var outcome = KeyFile.Change(path, change);
                _lookedAt = null;
                return ValueTask.FromResult(outcome);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                LogUnreadable(path, e.Message);
                return ValueTask.FromResult(KeyOutcome.Unavailable);
            }
        }
    }

    private FrozenDictionary<string, ApiKey> Current()
    {
        lock (_lock)
        {
            if (_lookedAt is { } at && time.GetElapsedTime(at) < LookPeriod)
            {
                return _keys;
            }

            _lookedAt = time.GetTimestamp();
            var file = new FileInfo(path);
            var now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (now != _seen)
            {
                Load_NeedsLock(now);
            }

            return _keys;
        }
    }

    private void Load_NeedsLock((DateTime Written, long Length) now)
    {
        _seen = now;
        try
        {
            _keys = KeyFile.Read(path).ToFrozenDictionary(k => k.Id, StringComparer.Ordinal);
            _isRead = true;
            LogRead(_keys.Count, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            LogUnreadable(path, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Read {Count} API keys from {Path}", EventName = "KeysRead")]
    private partial void LogRead(int count, string path);

    [LoggerMessage(2, LogLevel.Error, "The key file {Path} cannot be used, so nothing of it is changed: {Reason}", EventName = "KeyFileUnusable")]
    private partial void LogUnreadable(string path, string reason);
}
