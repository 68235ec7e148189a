using DeltaEdge.Core.Planning;

namespace DeltaEdge.Core.Routing;

/// <summary>
/// Asks sent to each worker that its latest report cannot know of yet: the correction between heartbeats, without which every ask
/// of a quarter of a second would go to the same worker. A new report takes them over as backlog, so the count starts again.
/// </summary>
public sealed class AskLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private int _turn;

    /// <summary>
    /// Chooses the worker predicted to answer first and notes the ask against it in one step, so that two asks at once do not
    /// both see the same worker idle. Equals take turns.
    /// </summary>
    /// <param name="candidates">Latest reports of the workers that may be chosen; at least one.</param>
    public AskTicket Send(IReadOnlyList<WorkerReport> candidates)
    {
        lock (_lock)
        {
            var chosen = Best_NeedsLock(candidates);
            var entry = Entry_NeedsLock(chosen);
            entry.Sent++;
            return new(chosen.WorkerId, entry.Sequence);
        }
    }

    /// <summary>The worker predicted to answer first, without noting anything: for requests that cost the engine nothing.</summary>
    public string Peek(IReadOnlyList<WorkerReport> candidates)
    {
        lock (_lock)
        {
            return Best_NeedsLock(candidates).WorkerId;
        }
    }

    /// <summary>The ask has ended. One that an older report's count held is in the newer report already.</summary>
    public void Complete(AskTicket ticket)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(ticket.WorkerId, out var entry) && entry.Sequence == ticket.Sequence)
            {
                entry.Sent--;
            }
        }
    }

    /// <summary>Drops the counts of workers that are gone.</summary>
    public void Retain(IReadOnlySet<string> workerIds)
    {
        lock (_lock)
        {
            foreach (var id in _entries.Keys.Where(id => !workerIds.Contains(id)).ToList())
            {
                _entries.Remove(id);
            }
        }
    }

    private WorkerReport Best_NeedsLock(IReadOnlyList<WorkerReport> candidates)
    {
        var start = (int)((uint)_turn++ % (uint)candidates.Count);
        var best = candidates[start];
        var soonest = double.PositiveInfinity;
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[(start + i) % candidates.Count];
            var seconds = CompletionTimePredictor.Predict(candidate, Entry_NeedsLock(candidate).Sent);
            if (seconds < soonest)
            {
                (best, soonest) = (candidate, seconds);
            }
        }

        return best;
    }

    private Entry Entry_NeedsLock(WorkerReport report)
    {
        if (!_entries.TryGetValue(report.WorkerId, out var entry) || entry.Sequence != report.Sequence)
        {
            _entries[report.WorkerId] = entry = new(report.Sequence);
        }

        return entry;
    }

    private sealed class Entry(long sequence)
    {
        public long Sequence { get; } = sequence;

        public int Sent { get; set; }
    }
}
