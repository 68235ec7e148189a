using System.Collections.Immutable;
using DeltaEdge.Core.Access;

namespace DeltaEdge.Fabric.Keys;

/// <summary>Keys of this process alone; they end with it.</summary>
public sealed class InProcessKeyBook : IKeyBook
{
    private ImmutableSortedDictionary<string, ApiKey> _keys = ImmutableSortedDictionary.Create<string, ApiKey>(StringComparer.Ordinal);

    public ImmutableArray<ApiKey> All => [.. Volatile.Read(ref _keys).Values];

    public bool IsRead => true;

    public ApiKey? Find(string id) => Volatile.Read(ref _keys).GetValueOrDefault(id);

    public ValueTask<bool> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask<KeyOutcome> AddAsync(ApiKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ImmutableInterlocked.Update(ref _keys, keys => keys.ContainsKey(key.Id) ? keys : keys.Add(key.Id, key)) ? KeyOutcome.Done : KeyOutcome.Exists);

    public ValueTask<KeyOutcome> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.Update(ref _keys, keys => keys.TryGetValue(id, out var key) ? keys.SetItem(id, key with { IsRevoked = true }) : keys);
        return ValueTask.FromResult(Find(id) is null ? KeyOutcome.Unknown : KeyOutcome.Done);
    }
}
