using System.Collections.Immutable;

namespace DeltaEdge.Core.Placement;

/// <summary>How many streams each worker has, and how many it should have at most; changes as a decision is thought through.</summary>
internal sealed class FleetLoad
{
    private readonly ImmutableArray<PlacementWorker> _open;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _caps = new(StringComparer.Ordinal);

    public FleetLoad(IEnumerable<PlacementWorker> workers, IReadOnlyCollection<StreamPlace> streams, double margin)
    {
        _open = [.. workers.Where(w => !w.Draining).OrderBy(w => w.Id, StringComparer.Ordinal)];
        var weight = _open.Sum(w => w.Weight);
        foreach (var worker in _open)
        {
            _counts[worker.Id] = 0;
            _caps[worker.Id] = Math.Min(worker.MaxStreams, (int)Math.Ceiling((1 + margin) * streams.Count * worker.Weight / weight));
        }

        foreach (var stream in streams)
        {
            if (stream.Owner is { } owner && _counts.TryGetValue(owner, out var count))
            {
                _counts[owner] = count + 1;
            }
        }
    }

    /// <summary>Streams that the worker has beyond what it should have at most.</summary>
    public int Excess(string workerId) => _counts.TryGetValue(workerId, out var count) ? count - _caps[workerId] : 0;

    /// <summary>Workers that could take the stream, best first: those that have less than they should before those that merely have room.</summary>
    public IEnumerable<PlacementWorker> Choices(string streamId) => _open
        .Where(w => _counts[w.Id] < w.MaxStreams)
        .OrderBy(w => _counts[w.Id] < _caps[w.Id] ? 0 : 1)
        .ThenByDescending(w => Rendezvous.Score(streamId, w))
        .ThenBy(w => w.Id, StringComparer.Ordinal);

    /// <summary>The best choice other than one that has less than it should; null if there is none.</summary>
    public PlacementWorker? Elsewhere(string streamId, string workerId) =>
        Choices(streamId).FirstOrDefault(w => w.Id != workerId) is { } best && _counts[best.Id] < _caps[best.Id] ? best : null;

    public void Put(string workerId) => _counts[workerId]++;

    public void Take(string workerId) => _counts[workerId]--;
}
