using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Planning;

/// <summary>Whether answers come late, by what workers measured rather than by what was predicted.</summary>
public sealed class FleetPressure(IReadOnlyList<WorkerReport> reports, SlaCatalog catalog)
{
    /// <summary>Share of a class's answers, by worker, that must be late before it is the fleet's: one bad worker is for the router, not the plan.</summary>
    private const double LateShare = 0.25;

    /// <summary>Share of workers whose queues must be long.</summary>
    private const double BackloggedShare = 0.5;

    /// <summary>Share of asks that may miss their deadlines: what the plan aims at.</summary>
    private const double MissedShare = 0.05;

    /// <summary>
    /// Whether a class's answers use up more than that share of its deadline and more than 5 % of them miss it, or queues are longer than
    /// any deadline in use. A worker's own loop uses a deadline up by intent when it may spend what is left, so p95 alone says little.
    /// </summary>
    public bool IsLate(double share)
    {
        foreach (var sla in catalog.Classes)
        {
            var limit = share * sla.DeadlineMs / 1000.0;
            var (finished, late, missed) = (0, 0, 0);
            foreach (var report in reports)
            {
                foreach (var load in report.Classes)
                {
                    if (load.Finished > 0 && ClassOf(load) == sla)
                    {
                        finished += load.Finished;
                        late += load.P95Seconds > limit ? load.Finished : 0;
                        missed += load.Finished - load.OnTime;
                    }
                }
            }

            // Two misses at least, and two standard deviations over what may miss.
            var allowed = Math.Max(1, (MissedShare * finished) + (2 * Math.Sqrt(MissedShare * finished)));
            if (late > 0 && late >= LateShare * finished && missed > allowed)
            {
                return true;
            }
        }

        return IsBacklogged(share);
    }

    private bool IsBacklogged(double share)
    {
        var troubled = 0;
        foreach (var report in reports)
        {
            var deadline = 0;
            foreach (var load in report.Classes)
            {
                deadline = Math.Max(deadline, ClassOf(load).DeadlineMs);
            }

            troubled += !report.Classes.IsEmpty && report.BacklogSeconds > share * deadline / 1000.0 ? 1 : 0;
        }

        return troubled > 0 && troubled >= BackloggedShare * reports.Count;
    }

    private SlaClass ClassOf(ClassLoad load) => catalog.Find(load.SlaClass) ?? catalog.DefaultClass;
}
