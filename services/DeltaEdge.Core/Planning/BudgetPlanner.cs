using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Planning;

/// <summary>
/// The slow loop's decision, pure: from all reports the ceiling at which predicted load fits the fleet. Down at once, up one rung
/// at a time and only after a richer budget has looked safe for a while, so that it does not flap.
/// </summary>
public sealed class BudgetPlanner(TokenLadder ladder, SlaCatalog catalog, ControllerOptions options)
{
    private readonly double _high = options.HighUtilisation;
    private readonly double _low = options.LowUtilisation;
    private readonly double _pressure = options.LatencyPressure;
    private readonly TimeSpan _upHold = TimeSpan.FromMilliseconds(options.UpHoldMs);
    private readonly TimeSpan _downHold = TimeSpan.FromMilliseconds(options.DownHoldMs);
    private readonly int _planTtlMs = options.PlanTtlMs;

    /// <summary>The next plan and what to remember for the one after it.</summary>
    public (BudgetPlan Plan, PlannerState State) Next(PlannerState state, IReadOnlyList<WorkerReport> reports, TimeSpan now)
    {
        var (rung, reason, lastStep) = Lower(state, reports, now);
        var safeSince = state.RicherSafeSince;
        if (rung != state.Rung || rung == 0 || !RicherIsSafe(rung, reports))
        {
            safeSince = null;
        }
        else if (safeSince is null)
        {
            safeSince = now;
        }
        else if (now - safeSince.Value >= _upHold)
        {
            (rung, reason, safeSince) = (rung - 1, "recovery", null);
        }

        var plan = new BudgetPlan
        {
            Version = state.Version + 1,
            TtlMs = _planTtlMs,
            Classes = catalog.Classes.ToImmutableDictionary(c => c.Name, c => RangeOf(c, ladder[rung])),
            PredictedUtilisation = Utilisation(reports, rung),
            Reason = reason,
        };
        return (plan, new(rung, plan.Version, safeSince, lastStep));
    }

    /// <summary>Offered load over capacity if every class were served at that rung, its own range permitting.</summary>
    public double Utilisation(IReadOnlyList<WorkerReport> reports, int rung)
    {
        var seconds = 0d;
        foreach (var report in reports)
        {
            foreach (var load in report.Classes)
            {
                var profile = report.Profile;
                var sla = catalog.Find(load.SlaClass) ?? catalog.DefaultClass;
                var at = profile.Ladder.RungAtMost(RangeOf(sla, ladder[rung]).Ceiling);
                var perFrame = profile.FrameSeconds + profile.PrefixSeconds[at];
                var perQuestion = profile.QuestionSeconds + (2 * profile.DecodeStep(1));
                seconds += profile.Correction * ((load.FramesPerSecond * perFrame) + (load.QuestionsPerSecond * perQuestion));
            }
        }

        return reports.Count == 0 ? 0 : seconds / reports.Count;
    }

    private static BudgetRange RangeOf(SlaClass sla, int ceiling)
    {
        var whole = new BudgetRange(sla.MinTokens, sla.MaxTokens);
        return new(whole.Floor, whole.Clamp(ceiling));
    }

    private (int Rung, string Reason, TimeSpan? LastStep) Lower(PlannerState state, IReadOnlyList<WorkerReport> reports, TimeSpan now)
    {
        var rung = state.Rung;
        while (rung < ladder.Count - 1 && Utilisation(reports, rung) > _high)
        {
            rung++;
        }

        if (rung != state.Rung)
        {
            return (rung, "load", state.LastLatencyStep);
        }

        var mayStep = state.LastLatencyStep is not { } last || now - last >= _downHold;
        return mayStep && rung < ladder.Count - 1 && UnderLatencyPressure(reports)
            ? (rung + 1, "latency", now)
            : (rung, "steady", state.LastLatencyStep);
    }

    private bool RicherIsSafe(int rung, IReadOnlyList<WorkerReport> reports) =>
        Utilisation(reports, rung - 1) <= _low && !UnderLatencyPressure(reports);

    private bool UnderLatencyPressure(IReadOnlyList<WorkerReport> reports)
    {
        foreach (var report in reports)
        {
            foreach (var load in report.Classes)
            {
                var sla = catalog.Find(load.SlaClass);
                if (sla is not null && load.Finished > 0 && load.P95Seconds > _pressure * sla.DeadlineMs / 1000.0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
