using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Scheduling;

/// <summary>
/// Who gives way when not everybody can be on time. In order of deadline, a group that would be late, everyone before it served at the
/// budget that answers most per second, displaces groups of less worth per second, least first, if together they are worth less than it;
/// else it gives way itself. This is Moore's rule for late jobs (1968) with worth in place of number. Nobody gives way for a group
/// that would be late on its own, and that one stays: it is served if time is left over. Pure.
/// </summary>
public static class YieldRule
{
    /// <summary>Most groups that one group displaces; bounds the cost of a decision.</summary>
    private const int MostDisplaced = 8;

    /// <summary>Marks those that give way.</summary>
    /// <param name="profile">Seconds of each stage.</param>
    /// <param name="now">On the scale of the deadlines.</param>
    /// <param name="busySeconds">Until the active rows are through.</param>
    /// <param name="queue">Waiting groups in the order in which they will be served, with values.</param>
    /// <param name="yields">By group: whether it gives way.</param>
    /// <param name="scratch">As long as the queue.</param>
    /// <returns>Whether anybody does.</returns>
    public static bool Mark(
        LatencyProfile profile, TimeSpan now, double busySeconds, ReadOnlySpan<PendingGroup> queue, Span<bool> yields, Span<GroupWorth> scratch)
    {
        var (finish, any) = (busySeconds, false);
        yields[..queue.Length].Clear();
        for (var i = 0; i < queue.Length; i++)
        {
            var own = GroupWorth.Of(profile, queue[i]);
            var slack = (queue[i].Deadline - now).TotalSeconds;
            var hopeless = busySeconds + own.Seconds > slack;
            scratch[i] = hopeless ? default : own;
            finish += scratch[i].Seconds;
            if (finish > slack && !hopeless)
            {
                any = true;
                var freed = Displace(scratch[..i], yields[..i], finish - slack, own.Value);
                yields[i] = freed == 0;
                finish -= freed == 0 ? own.Seconds : freed;
            }
        }

        return any;
    }

    /// <summary>Seconds that are freed as wanted by groups worth less than the value together; 0, and nobody marked, if they are worth more.</summary>
    private static double Displace(ReadOnlySpan<GroupWorth> groups, Span<bool> yields, double wanted, double value)
    {
        Span<int> chosen = stackalloc int[MostDisplaced];
        var (count, freed, lost) = (0, 0d, 0d);
        while (freed < wanted)
        {
            var least = Least(groups, yields);
            if (least < 0 || count == MostDisplaced || lost + groups[least].Value >= value)
            {
                foreach (var i in chosen[..count])
                {
                    yields[i] = false;
                }

                return 0;
            }

            yields[least] = true;
            chosen[count++] = least;
            (freed, lost) = (freed + groups[least].Seconds, lost + groups[least].Value);
        }

        return freed;
    }

    /// <summary>The group of least worth per second that counts and stays so far, the last of equals; -1 if there is none.</summary>
    private static int Least(ReadOnlySpan<GroupWorth> groups, ReadOnlySpan<bool> yields)
    {
        var least = -1;
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Seconds > 0 && !yields[i] && (least < 0 || groups[i].Density <= groups[least].Density))
            {
                least = i;
            }
        }

        return least;
    }
}
