using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DeltaEdge.Fabric.Streams;

/// <summary>Owners by stream, replaced whole or one at a time; readers take an immutable view.</summary>
internal sealed class OwnerBook
{
    private readonly Lock _lock = new();
    private volatile FrozenDictionary<string, StreamOwner> _owners = FrozenDictionary<string, StreamOwner>.Empty;

    public ChangeSignal Changed { get; } = new();

    public ImmutableArray<StreamOwner> All => [.. _owners.Values.OrderBy(o => o.StreamId, StringComparer.Ordinal)];

    public StreamOwner? Find(string streamId) => _owners.GetValueOrDefault(streamId);

    public void ReplaceAll(IReadOnlyCollection<StreamOwner> owners) => Change(_ => owners);

    public void Put(StreamOwner owner) => Change(known => known.Where(o => o.StreamId != owner.StreamId).Append(owner));

    public void Drop(string streamId) => Change(known => known.Where(o => o.StreamId != streamId));

    private void Change(Func<IEnumerable<StreamOwner>, IEnumerable<StreamOwner>> next)
    {
        lock (_lock)
        {
            var owners = next(_owners.Values).ToDictionary(o => o.StreamId, StringComparer.Ordinal);
            if (owners.Count == _owners.Count && owners.All(o => _owners.TryGetValue(o.Key, out var known) && known == o.Value))
            {
                return;
            }

            _owners = owners.ToFrozenDictionary(StringComparer.Ordinal);
        }

        Changed.Fire();
    }
}
