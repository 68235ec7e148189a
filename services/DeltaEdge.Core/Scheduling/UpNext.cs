using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Scheduling;

/// <summary>
/// The waiting groups that a decision looks at: those that can be on time in the queue's order, then the hopeless ones; in front the
/// first whose frame is encoded or read, before all others one whose frame turned out unreadable. Also says which frames should be read ahead of their turn. Guarded by the scheduler's lock.
/// </summary>
internal sealed class UpNext
{
    /// <summary>Groups a decision looks at.</summary>
    private const int Lookahead = 64;

    /// <summary>Groups whose frames are read ahead: enough to keep readers busy over a step, few enough to be served.</summary>
    private const int ReadAhead = 4;

    private readonly PendingGroup[] _views = new PendingGroup[Lookahead];
    private readonly WaitingGroup[] _groups = new WaitingGroup[Lookahead];
    private readonly PendingGroup[] _hopelessViews = new PendingGroup[Lookahead];
    private readonly WaitingGroup[] _hopeless = new WaitingGroup[Lookahead];
    private int _count;
    private bool _wantsReading;

    /// <summary>Whether the last collection saw a frame that <see cref="NextToRead"/> would give out. Read from any thread.</summary>
    public bool WantsReading => Volatile.Read(ref _wantsReading);

    /// <summary>The group to work on, where there is any.</summary>
    public WaitingGroup First => _groups[0];

    /// <summary>What was collected, as policies see it.</summary>
    public ReadOnlySpan<PendingGroup> Views => _views.AsSpan(0, _count);

    /// <summary>Looks at the queue; false if no group can be worked on.</summary>
    public bool Collect(WaitingLine queue, QueueViews views, LatencyProfile profile, TimeSpan now)
    {
        Forget();
        var (hopeless, toRead) = (0, new ReadingOrder());
        var groups = queue.Groups;
        for (var i = 0; i < groups.Count && _count < Lookahead; i++)
        {
            var view = views.Of(groups[i], now);
            var isHopeless = AdmissionRule.IsHopeless(profile, view, now);
            toRead.See(groups[i], view, isHopeless);
            if (!isHopeless)
            {
                Append(groups[i], view);
            }
            else if (hopeless < Lookahead)
            {
                (_hopeless[hopeless], _hopelessViews[hopeless]) = (groups[i], view);
                hopeless++;
            }
        }

        for (var i = 0; i < hopeless && _count < Lookahead; i++)
        {
            Append(_hopeless[i], _hopelessViews[i]);
        }

        Array.Clear(_hopeless, 0, hopeless);
        Volatile.Write(ref _wantsReading, toRead.Next is not null);
        return BringReadyToFront();
    }

    /// <summary>Lets go of what was collected: groups that have ended would keep their asks' files.</summary>
    public void Forget()
    {
        Array.Clear(_groups, 0, _count);
        _count = 0;
    }

    /// <summary>An ask whose frame should be read next, and is given out with this call; null if there is none.</summary>
    public static PendingAsk? NextToRead(WaitingLine queue, QueueViews views, LatencyProfile profile, TimeSpan now)
    {
        var (groups, toRead) = (queue.Groups, new ReadingOrder());
        for (var i = 0; i < groups.Count && !toRead.IsSettled; i++)
        {
            var view = views.Of(groups[i], now);
            toRead.See(groups[i], view, AdmissionRule.IsHopeless(profile, view, now));
        }

        if (toRead.Next is { } next)
        {
            next.IsFrameGivenOut = true;
        }

        return toRead.Next;
    }

    private void Append(WaitingGroup group, in PendingGroup view)
    {
        (_groups[_count], _views[_count]) = (group, view);
        _count++;
    }

    private bool BringReadyToFront()
    {
        var ready = FirstReady();
        if (ready < 0)
        {
            return false;
        }

        var (group, view) = (_groups[ready], _views[ready]);
        Array.Copy(_groups, 0, _groups, 1, ready);
        Array.Copy(_views, 0, _views, 1, ready);
        (_groups[0], _views[0]) = (group, view);
        return true;
    }

    /// <summary>-1 if there is none.</summary>
    private int FirstReady()
    {
        var first = -1;
        for (var i = 0; i < _count; i++)
        {
            if (!_views[i].FrameCached && _groups[i].Founder.IsFrameUnreadable)
            {
                return i;
            }

            first = first < 0 && (_views[i].FrameCached || _groups[i].Founder.IsFrameRead) ? i : first;
        }

        return first;
    }

    /// <summary>Finds the first unread frame among the first few that can be on time; where none can, among the others: predictions may be wrong.</summary>
    private struct ReadingOrder
    {
        private PendingAsk? _first;
        private PendingAsk? _firstHopeless;
        private int _uncached;

        public readonly PendingAsk? Next => _uncached > 0 ? _first : _firstHopeless;

        /// <summary>Whether no later group can change it.</summary>
        public readonly bool IsSettled => _first is not null || _uncached >= ReadAhead;

        public void See(WaitingGroup group, in PendingGroup view, bool isHopeless)
        {
            if (view.FrameCached || IsSettled)
            {
                return;
            }

            var unread = group.Founder.IsFrameRead || group.Founder.IsFrameGivenOut ? null : group.Founder;
            if (isHopeless)
            {
                _firstHopeless ??= unread;
            }
            else
            {
                _uncached++;
                _first = unread;
            }
        }
    }
}
