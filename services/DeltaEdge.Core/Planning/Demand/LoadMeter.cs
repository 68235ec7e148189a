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

    private readonly ClassMeter[] _classes = [.. catalog.Classes.Select(c => new ClassMeter(c.Name))];

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
            Of(slaClass).Arrivals.Add(now, frames, questions);
            _demand.Arrived(new(slaClass, range, DemandKey.KindsOf(kinds)), values, now, frames, questions);
        }
    }

    /// <inheritdoc cref="SlidingWindow.Finished"/>
    public void Finished(string slaClass, bool onTime, int budget, double? seconds, int tokens)
    {
        lock (_lock)
        {
            Of(slaClass).Outcomes.Finished(clock.Now, onTime, budget, seconds, tokens);
        }
    }

    /// <summary>One entry per class that saw anything of late, and its demand by cell.</summary>
    public (ImmutableArray<ClassLoad> Classes, ImmutableArray<DemandCell> Demand) Read()
    {
        var loads = ImmutableArray.CreateBuilder<ClassLoad>();
        lock (_lock)
        {
            var now = clock.Now;
            foreach (var meter in _classes)
            {
                var slices = DemandWindow.Choose(meter.Arrivals, now, _started);
                var seconds = ArrivalCounts.Seconds(now, slices, _started);
                var (frames, questions) = meter.Arrivals.Sum(now, slices);
                var ended = meter.Outcomes.Read(now);
                meter.Window = (slices, seconds, ended.MeanAnswerTokens ?? UsualAnswerTokens);
                if (questions + ended.Finished > 0)
                {
                    loads.Add(new ClassLoad
                    {
                        SlaClass = meter.Name,
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

            return (loads.ToImmutable(), _demand.Read(now, name => Of(name).Window));
        }
    }

    private ClassMeter Of(string slaClass)
    {
        foreach (var meter in _classes)
        {
            if (string.Equals(meter.Name, slaClass, StringComparison.OrdinalIgnoreCase))
            {
                return meter;
            }
        }

        throw new KeyNotFoundException($"There is no SLA class '{slaClass}'.");
    }

    private sealed class ClassMeter(string name)
    {
        public string Name => name;

        public ArrivalCounts Arrivals { get; } = new();

        public SlidingWindow Outcomes { get; } = new(OutcomeWindow, OutcomeSlices);

        /// <summary>What the last reading counted demand over.</summary>
        public (int Slices, double Seconds, double AnswerTokens) Window { get; set; }
    }
}
