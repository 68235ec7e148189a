using System.Collections.Immutable;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Evaluation.Simulation.Reporting;

/// <summary>
/// Demand and outcomes of one worker over the last 1.5 s, in a ring of slices, as a worker's own meter counts them; flat arrays, so
/// that a thousand workers fit.
/// </summary>
internal sealed class DemandMeter(ImmutableArray<DemandCell> cells, SlaCatalog catalog)
{
    private const int Slices = 15;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    /// <summary>Tokens of a short answer, until this class has had one.</summary>
    private const double UsualAnswerTokens = 2;

    private readonly long[] _numbers = new long[Slices];
    private readonly int[] _frames = new int[Slices * cells.Length];
    private readonly ClassSlice[] _classes = new ClassSlice[Slices * catalog.Classes.Length];
    private readonly List<(int Class, float Seconds)>[] _latencies = [.. Enumerable.Range(0, Slices).Select(_ => new List<(int, float)>())];
    private readonly List<float> _sorted = [];

    public void Arrived(int cell, int sla, int questions, TimeSpan now)
    {
        var slice = At(now);
        _frames[(slice * cells.Length) + cell]++;
        ref var load = ref _classes[(slice * catalog.Classes.Length) + sla];
        load.Frames++;
        load.Questions += questions;
    }

    /// <param name="sla">Index of the class.</param>
    /// <param name="onTime">Whether it was answered on time.</param>
    /// <param name="budget">Visual tokens spent; 0 without an answer.</param>
    /// <param name="seconds">Capture to answer; null without an answer.</param>
    /// <param name="tokens">Tokens of the answer.</param>
    /// <param name="now">When it ended.</param>
    public void Finished(int sla, bool onTime, int budget, double? seconds, int tokens, TimeSpan now)
    {
        var slice = At(now);
        ref var load = ref _classes[(slice * catalog.Classes.Length) + sla];
        load.Finished++;
        load.OnTime += onTime ? 1 : 0;
        if (seconds is { } latency)
        {
            load.Answers++;
            load.BudgetSum += budget;
            load.TokenSum += tokens;
            _latencies[slice].Add((sla, (float)latency));
        }
    }

    /// <summary>By class and by cell, what the window that ends now has seen.</summary>
    public (ImmutableArray<ClassLoad> Classes, ImmutableArray<DemandCell> Cells) Read(TimeSpan now)
    {
        var newest = Number(now);
        var seconds = Math.Clamp(now.TotalSeconds, 0.1, Slices * Slice.TotalSeconds);
        var classes = ImmutableArray.CreateBuilder<ClassLoad>();
        Span<double> tokens = stackalloc double[catalog.Classes.Length];
        for (var sla = 0; sla < catalog.Classes.Length; sla++)
        {
            var total = default(ClassSlice);
            for (var slice = 0; slice < Slices; slice++)
            {
                if (Holds(slice, newest))
                {
                    total.Add(_classes[(slice * catalog.Classes.Length) + sla]);
                }
            }

            tokens[sla] = total.Answers == 0 ? UsualAnswerTokens : (double)total.TokenSum / total.Answers;
            if (total.Questions + total.Finished > 0)
            {
                classes.Add(new ClassLoad
                {
                    SlaClass = catalog.Classes[sla].Name,
                    FramesPerSecond = total.Frames / seconds,
                    QuestionsPerSecond = total.Questions / seconds,
                    MeanAnswerTokens = tokens[sla],
                    P95Seconds = Percentile(sla, newest, 0.95),
                    Finished = total.Finished,
                    OnTime = total.OnTime,
                    MeanBudget = total.Answers == 0 ? 0 : (double)total.BudgetSum / total.Answers,
                });
            }
        }

        return (classes.ToImmutable(), ReadCells(newest, seconds, tokens));
    }

    private ImmutableArray<DemandCell> ReadCells(long newest, double seconds, ReadOnlySpan<double> tokens)
    {
        var read = ImmutableArray.CreateBuilder<DemandCell>();
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var frames = 0;
            for (var slice = 0; slice < Slices; slice++)
            {
                frames += Holds(slice, newest) ? _frames[(slice * cells.Length) + cell] : 0;
            }

            if (frames > 0)
            {
                var shape = cells[cell];
                var sla = catalog.Classes.IndexOf(catalog.Find(shape.SlaClass)!);
                read.Add(shape with
                {
                    FramesPerSecond = frames / seconds,
                    QuestionsPerSecond = shape.QuestionsPerSecond * frames / seconds,
                    MeanAnswerTokens = tokens[sla],
                });
            }
        }

        return read.ToImmutable();
    }

    /// <summary>Nearest-rank percentile of capture to answer, seconds; 0 without answers.</summary>
    private double Percentile(int sla, long newest, double p)
    {
        _sorted.Clear();
        for (var slice = 0; slice < Slices; slice++)
        {
            if (!Holds(slice, newest))
            {
                continue;
            }

            foreach (var (of, seconds) in _latencies[slice])
            {
                if (of == sla)
                {
                    _sorted.Add(seconds);
                }
            }
        }

        _sorted.Sort();
        return _sorted.Count == 0 ? 0 : _sorted[Math.Clamp((int)Math.Ceiling(p * _sorted.Count) - 1, 0, _sorted.Count - 1)];
    }

    private bool Holds(int slice, long newest) => _numbers[slice] > newest - Slices && _numbers[slice] <= newest;

    // Counted from the ring's length on, so that a fresh slice's number 0 is never within the window.
    private static long Number(TimeSpan now) => (now.Ticks / Slice.Ticks) + Slices;

    private int At(TimeSpan now)
    {
        var number = Number(now);
        var slice = (int)(number % Slices);
        if (_numbers[slice] != number)
        {
            _numbers[slice] = number;
            _frames.AsSpan(slice * cells.Length, cells.Length).Clear();
            _classes.AsSpan(slice * catalog.Classes.Length, catalog.Classes.Length).Clear();
            _latencies[slice].Clear();
        }

        return slice;
    }

    private struct ClassSlice
    {
        public int Frames;
        public int Questions;
        public int Finished;
        public int OnTime;
        public int Answers;
        public long BudgetSum;
        public long TokenSum;

        public void Add(in ClassSlice other)
        {
            Frames += other.Frames;
            Questions += other.Questions;
            Finished += other.Finished;
            OnTime += other.OnTime;
            Answers += other.Answers;
            BudgetSum += other.BudgetSum;
            TokenSum += other.TokenSum;
        }
    }
}
