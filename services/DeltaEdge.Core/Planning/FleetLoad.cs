using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Planning;

/// <summary>What all reports together say: how busy the fleet would be at a level, which classes are in use, whether answers come late.</summary>
public sealed class FleetLoad(IReadOnlyList<WorkerReport> reports, DegradationPath path)
{
    /// <summary>Share of answers or workers that must be in trouble before it is the fleet's: one bad worker is for the router, not the plan.</summary>
    private const double TroubledShare = 0.25;

    private readonly SlaCatalog _catalog = path.Catalog;

    /// <summary>By class, in the catalog's order: whether anything was asked in it.</summary>
    public bool[] ActiveClasses()
    {
        var active = new bool[_catalog.Classes.Length];
        foreach (var report in reports)
        {
            foreach (var load in report.Classes)
            {
                active[IndexOf(load.SlaClass)] |= load.FramesPerSecond > 0 || load.QuestionsPerSecond > 0 || load.Finished > 0;
            }
        }

        return active;
    }

    /// <summary>
    /// Offered load over capacity if every class were served at that level's ceilings. Workers that drain still bring their load,
    /// which others will have to take, but no capacity.
    /// </summary>
    public double Utilisation(int level)
    {
        var ranges = path.At(level);
        var seconds = 0d;
        var capacity = 0;
        foreach (var report in reports)
        {
            var profile = report.Profile;
            capacity += report.Draining ? 0 : 1;
            foreach (var load in report.Classes)
            {
                var rung = profile.Ladder.RungAtMost(ranges[IndexOf(load.SlaClass)].Ceiling);
                var perFrame = profile.FrameSeconds + profile.PrefixSeconds[rung];
                var perQuestion = profile.QuestionSeconds + (load.MeanAnswerTokens * profile.DecodeStep(1));
                seconds += profile.Correction * ((load.FramesPerSecond * perFrame) + (load.QuestionsPerSecond * perQuestion));
            }
        }

        return reports.Count == 0 ? 0 : seconds / Math.Max(1, capacity);
    }

    /// <summary>Whether a class's answers use up more than that share of its deadline, or queues are longer than any deadline in use.</summary>
    public bool UnderPressure(double share)
    {
        for (var i = 0; i < _catalog.Classes.Length; i++)
        {
            var limit = share * _catalog.Classes[i].DeadlineMs / 1000.0;
            var finished = 0;
            var late = 0;
            foreach (var report in reports)
            {
                foreach (var load in report.Classes)
                {
                    if (load.Finished > 0 && IndexOf(load.SlaClass) == i)
                    {
                        finished += load.Finished;
                        late += load.P95Seconds > limit ? load.Finished : 0;
                    }
                }
            }

            if (finished > 0 && late >= TroubledShare * finished)
            {
                return true;
            }
        }

        return BacklogTooLong(share);
    }

    private bool BacklogTooLong(double share)
    {
        var troubled = 0;
        foreach (var report in reports)
        {
            var longest = 0;
            foreach (var load in report.Classes)
            {
                longest = Math.Max(longest, _catalog.Classes[IndexOf(load.SlaClass)].DeadlineMs);
            }

            troubled += longest > 0 && report.BacklogSeconds > share * longest / 1000.0 ? 1 : 0;
        }

        return troubled > 0 && troubled >= TroubledShare * reports.Count;
    }

    private int IndexOf(string slaClass)
    {
        var sla = _catalog.Find(slaClass) ?? _catalog.DefaultClass;
        return _catalog.Classes.IndexOf(sla);
    }
}
