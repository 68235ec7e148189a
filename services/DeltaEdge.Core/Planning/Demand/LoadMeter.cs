using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;

namespace DeltaEdge.Core.Planning.Demand;

/// <summary>
/// Demand and outcomes over the last moments: what the worker's report tells the controller. Outcomes are those of a fixed short
/// window; demand is counted as far back as it has been the same (<see cref="DemandWindow"/>).
/// </summary>
public sealed class LoadMeter(SlaCatalog catalog, MonotonicClock clock)
{
    private static readonly TimeSpan OutcomeWindow = TimeSpan.FromSeconds(1.5);
    private const int OutcomeSlices = 15;

    /// <summary>Tokens of a short answer, until this class has had one.</summary>
    private const double UsualAnswerTokens = 2;

    private readonly Dictionary<string, (ArrivalCounts Arrivals, SlidingWindow Outcomes)> _classes =
        catalog.Classes.ToDictionary(c => c.Name, _ => (new ArrivalCounts(), new SlidingWindow(OutcomeWindow, OutcomeSlices)), StringComparer.OrdinalIgnoreCase);

    private readonly DemandTable _demand = new();
    private readonly Lock _lock = new();
    private readonly TimeSpan _started = clock.Now;

    /// <summary>Counts frames that arrived, answered or not.</summary>
    /// <param name="slaClass">Class name.</param>
    /// <param name="range">Floor and ceiling asked for.</param>
    /// <param name="kinds">One per question asked of each frame.</param>
    /// <param name="values">By rung: sum of the questions' expected accuracy, per frame.</param>
    /// <param name="frames">How many arrived.</param>
    public void Arrived(string slaClass, BudgetRange range, ReadOnlySpan<QuestionKind> kinds, ReadOnlySpan<double> values, int frames)
    {
        lock (_lock)
        {
            var now = clock.Now;
            var questions = frames * kinds.Length;
            _classes[slaClass].Arrivals.Add(now, frames, questions);
            _demand.Arrived(new(slaClass, range, DemandKey.KindsOf(kinds)), values, now, frames, questions);
        }
    }

    /// <inheritdoc cref="SlidingWindow.Finished"/>
    public void Finished(string slaClass, bool onTime, int budget, double? seconds, int tokens)
    {
        lock (_lock)
        {
            _classes[slaClass].Outcomes.Finished(clock.Now, onTime, budget, seconds, tokens);
        }
    }

    /// <summary>One entry per class that saw anything of late, and its demand by cell.</summary>
    public (ImmutableArray<ClassLoad> Classes, ImmutableArray<DemandCell> Demand) Read()
    {
        var loads = ImmutableArray.CreateBuilder<ClassLoad>();
        lock (_lock)
        {
            var now = clock.Now;
            var windows = new Dictionary<string, (int Slices, double Seconds, double AnswerTokens)>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, (arrivals, outcomes)) in _classes)
            {
                var slices = DemandWindow.Choose(arrivals, now, _started);
                var seconds = ArrivalCounts.Seconds(now, slices, _started);
                var (frames, questions) = arrivals.Sum(now, slices);
                var ended = outcomes.Read(now);
                windows.Add(name, (slices, seconds, ended.MeanAnswerTokens ?? UsualAnswerTokens));
                if (questions + ended.Finished > 0)
                {
                    loads.Add(new ClassLoad
                    {
                        SlaClass = name,
                        FramesPerSecond = frames / seconds,
                        QuestionsPerSecond = questions / seconds,
                        P95Seconds = ended.Percentile(0.95),
                        Finished = ended.Finished,
                        OnTime = ended.OnTime,
                        MeanBudget = ended.MeanBudget,
                        MeanAnswerTokens = ended.MeanAnswerTokens ?? UsualAnswerTokens,
                    });
                }
            }

            return (loads.ToImmutable(), _demand.Read(now, name => windows[name]));
        }
    }
}
