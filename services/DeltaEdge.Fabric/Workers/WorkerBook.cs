using System.Collections.Immutable;
using DeltaEdge.Core.Planning;

namespace DeltaEdge.Fabric.Workers;

/// <summary>
/// Reports with their times to live, on this process's clock. Knows no store: the in-process fabric writes into it directly, the
/// Redis one with what it reads and then says that it has read. One lock for writers; readers take an immutable view.
/// </summary>
internal sealed class WorkerBook(TimeSpan timeToLive)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ChangeSignal _membership = new();
    private TimeSpan _reachableSince;
    private TimeSpan _readAt = TimeSpan.MaxValue; // Who never reads is always told.
    private bool _reachable = true;
    private volatile View _view = View.Empty;

    public ChangeSignal Membership => _membership;

    public ImmutableArray<WorkerReport> Live(TimeSpan now) => Current(now).Live;

    public ImmutableArray<WorkerReport> Known(TimeSpan now) => Current(now).Known;

    public bool IsLive(string workerId, TimeSpan now) => Current(now).Entries.TryGetValue(workerId, out var entry) && entry.Until > now;

    public double SecondsSinceReport(string workerId, TimeSpan now) =>
        Current(now).Entries.TryGetValue(workerId, out var entry) ? Math.Max(0, (now - entry.HeardAt).TotalSeconds) : 0;

    /// <summary>Takes a report in.</summary>
    /// <param name="report">The report; one that is already known changes nothing, whatever <paramref name="remaining"/> says.</param>
    /// <param name="remaining">What is left of its time to live.</param>
    /// <param name="now">This process's clock.</param>
    public void Hear(WorkerReport report, TimeSpan remaining, TimeSpan now) => Change(now, () =>
    {
        if (!_entries.TryGetValue(report.WorkerId, out var known) || known.Report.Sequence != report.Sequence || known.Report.Address != report.Address || known.Until <= now)
        {
            _entries[report.WorkerId] = new(report, now - (timeToLive - remaining), now + remaining);
        }
    });

    public void Remove(string workerId, TimeSpan now) => Change(now, () => _entries.Remove(workerId));

    /// <summary>The store has been read; what it held has been taken in before. Only this tells that who was not in it is silent.</summary>
    public void Read(TimeSpan now) => Change(now, () => (_reachableSince, _readAt, _reachable) = (_reachable ? _reachableSince : now, now, true));

    /// <summary>The store does not answer. While it does not, lost and silent workers look alike, so none is forgotten.</summary>
    public void Unreachable(TimeSpan now) => Change(now, () => _reachable = false);

    /// <summary>What of a report others are told of at once.</summary>
    public static (string Id, string Address, string Model, bool IsDraining) Member(WorkerReport report) =>
        (report.WorkerId, report.Address, report.Model, report.Draining);

    private View Current(TimeSpan now)
    {
        var view = _view;
        if (now >= view.ValidUntil)
        {
            Change(now, static () => { });
            view = _view;
        }

        return view;
    }

    private void Change(TimeSpan now, Action change)
    {
        bool membersChanged;
        lock (_lock)
        {
            change();
            Forget_NeedsLock(now);
            var next = Build_NeedsLock(now);
            membersChanged = !Members(next.Known).SequenceEqual(Members(_view.Known));
            _view = next;
        }

        if (membersChanged)
        {
            _membership.Fire();
        }
    }

    private static IEnumerable<(string, string, string, bool)> Members(ImmutableArray<WorkerReport> reports) => reports.Select(Member);

    /// <summary>After the store is back, everyone has one time to live to be heard again.</summary>
    private void Forget_NeedsLock(TimeSpan now)
    {
        if (!_reachable || (_reachableSince > TimeSpan.Zero && now < _reachableSince + timeToLive))
        {
            return;
        }

        foreach (var lost in _entries.Where(e => e.Value.Until <= now && e.Value.Until <= _readAt).Select(e => e.Key).ToList())
        {
            _entries.Remove(lost);
        }
    }

    private View Build_NeedsLock(TimeSpan now)
    {
        var ordered = _entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => e.Value).ToList();
        var live = ordered.Where(e => e.Until > now).ToList();
        var validUntil = live.Count > 0 ? live.Min(e => e.Until) : TimeSpan.MaxValue;
        if (ordered.Count > live.Count && _reachable && _reachableSince + timeToLive is var mayForgetAt && mayForgetAt > now)
        {
            validUntil = Min(validUntil, mayForgetAt);
        }

        return new([.. live.Select(e => e.Report)], [.. ordered.Select(e => e.Report)], new(_entries, StringComparer.Ordinal), validUntil);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed record Entry(WorkerReport Report, TimeSpan HeardAt, TimeSpan Until);

    private sealed record View(ImmutableArray<WorkerReport> Live, ImmutableArray<WorkerReport> Known, Dictionary<string, Entry> Entries, TimeSpan ValidUntil)
    {
        public static View Empty { get; } = new([], [], [], TimeSpan.MaxValue);
    }
}
