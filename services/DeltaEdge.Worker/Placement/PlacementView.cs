using System.Collections.Immutable;
using DeltaEdge.Core.Placement;
using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;

namespace DeltaEdge.Worker.Placement;

/// <summary>What this worker has seen of the fleet over time: for how long a stream has had no owner, and for how long nobody has come or gone.</summary>
internal sealed class PlacementView
{
    private readonly Dictionary<string, TimeSpan> _unownedSince = new(StringComparer.Ordinal);
    private ImmutableArray<(string Id, bool Draining)> _members = [];
    private TimeSpan _changedAt;

    public ImmutableArray<PlacementWorker> Workers { get; private set; } = [];

    public ImmutableArray<StreamPlace> Streams { get; private set; } = [];

    public TimeSpan StableFor { get; private set; }

    public void Look(ImmutableArray<WorkerReport> live, ImmutableArray<StreamRecord> records, Func<string, StreamOwner?> owner, TimeSpan now)
    {
        Workers = [.. live.Select(r => new PlacementWorker(r.WorkerId, WorkerWeight.Of(r.Profile), r.MaxStreams, r.Draining))];
        var members = Workers.Select(w => (w.Id, w.Draining)).Order().ToImmutableArray();
        if (!members.SequenceEqual(_members))
        {
            (_members, _changedAt) = (members, now);
        }

        StableFor = now - _changedAt;
        Streams = [.. records.Select(r => Place(r.StreamId, owner(r.StreamId)?.WorkerId, now))];
        foreach (var gone in _unownedSince.Keys.Except(records.Select(r => r.StreamId)).ToList())
        {
            _unownedSince.Remove(gone);
        }
    }

    private StreamPlace Place(string id, string? owner, TimeSpan now)
    {
        if (owner is not null)
        {
            _unownedSince.Remove(id);
            return new(id, owner, TimeSpan.Zero);
        }

        _unownedSince.TryAdd(id, now);
        return new(id, null, now - _unownedSince[id]);
    }
}
