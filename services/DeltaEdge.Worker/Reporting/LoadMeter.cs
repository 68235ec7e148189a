using System.Collections.Immutable;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;

namespace DeltaEdge.Worker.Reporting;

/// <summary>Demand and outcomes by SLA class over the last moments: what the worker's report tells the controller.</summary>
internal sealed class LoadMeter(SlaCatalog catalog, MonotonicClock clock)
{
    private static readonly TimeSpan WindowLength = TimeSpan.FromSeconds(1.5);
    private const int Slices = 15;

    /// <summary>Tokens of a short answer, until this class has had one.</summary>
    private const double UsualAnswerTokens = 2;

    private readonly Dictionary<string, SlidingWindow> _windows =
        catalog.Classes.ToDictionary(c => c.Name, _ => new SlidingWindow(WindowLength, Slices), StringComparer.OrdinalIgnoreCase);

    private readonly Lock _lock = new();
    private readonly TimeSpan _started = clock.Now;

    public void Arrived(string slaClass, int frames, int questions)
    {
        lock (_lock)
        {
            _windows[slaClass].Arrived(clock.Now, frames, questions);
        }
    }

    /// <inheritdoc cref="SlidingWindow.Finished"/>
    public void Finished(string slaClass, bool onTime, int budget, double? seconds, int tokens)
    {
        lock (_lock)
        {
            _windows[slaClass].Finished(clock.Now, onTime, budget, seconds, tokens);
        }
    }

    /// <summary>One entry per class that saw anything in the window.</summary>
    public ImmutableArray<ClassLoad> Read()
    {
        var loads = ImmutableArray.CreateBuilder<ClassLoad>();
        lock (_lock)
        {
            var now = clock.Now;
            var seconds = Math.Clamp((now - _started).TotalSeconds, 0.1, WindowLength.TotalSeconds);
            foreach (var (name, window) in _windows)
            {
                var totals = window.Read(now);
                if (totals.Questions + totals.Finished > 0)
                {
                    loads.Add(new ClassLoad
                    {
                        SlaClass = name,
                        FramesPerSecond = totals.Frames / seconds,
                        QuestionsPerSecond = totals.Questions / seconds,
                        P95Seconds = totals.Percentile(0.95),
                        Finished = totals.Finished,
                        OnTime = totals.OnTime,
                        MeanBudget = totals.MeanBudget,
                        MeanAnswerTokens = totals.MeanAnswerTokens ?? UsualAnswerTokens,
                    });
                }
            }
        }

        return loads.ToImmutable();
    }
}
