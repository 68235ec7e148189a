using System.Collections.Immutable;

namespace DeltaEdge.Core.Planning.Demand;

/// <summary>Arrivals by <see cref="DemandKey"/>, and the bounded list of cells that a report carries. Not safe for concurrent use: its owner locks.</summary>
public sealed class DemandTable
{
    /// <summary>Most cells of a report; the rest are counted with their class's largest.</summary>
    public const int MostCells = 32;

    private readonly Dictionary<DemandKey, Entry> _entries = [];

    /// <param name="key">What was asked.</param>
    /// <param name="values">By rung: expected correct answers of one frame.</param>
    /// <param name="now">When.</param>
    /// <param name="frames">Frames that arrived.</param>
    /// <param name="questions">Questions of all of them.</param>
    public void Arrived(in DemandKey key, ReadOnlySpan<double> values, TimeSpan now, int frames, int questions)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries.Add(key, entry = new Entry(values.Length));
        }

        entry.Arrived(values, now, frames, questions);
    }

    /// <summary>Cells with any demand, largest first; those without any in the longest window are forgotten.</summary>
    /// <param name="now">End of the windows.</param>
    /// <param name="windowOf">By class: slices to count over, the seconds they last, and mean tokens of an answer.</param>
    public ImmutableArray<DemandCell> Read(TimeSpan now, Func<string, (int Slices, double Seconds, double AnswerTokens)> windowOf)
    {
        var cells = new List<DemandCell>(_entries.Count);
        foreach (var (key, entry) in _entries)
        {
            if (entry.Arrivals.Sum(now, ArrivalCounts.Slices).Frames == 0)
            {
                _entries.Remove(key);
                continue;
            }

            var (slices, seconds, tokens) = windowOf(key.SlaClass);
            var (frames, questions) = entry.Arrivals.Sum(now, slices);
            if (frames > 0)
            {
                cells.Add(new DemandCell
                {
                    SlaClass = key.SlaClass,
                    Range = key.Range,
                    FramesPerSecond = frames / seconds,
                    QuestionsPerSecond = questions / seconds,
                    MeanAnswerTokens = tokens,
                    Values = [.. entry.Values],
                });
            }
        }

        cells.Sort(static (a, b) => b.FramesPerSecond.CompareTo(a.FramesPerSecond));
        return Bounded(cells);
    }

    private static ImmutableArray<DemandCell> Bounded(List<DemandCell> cells)
    {
        if (cells.Count <= MostCells)
        {
            return [.. cells];
        }

        // Each class keeps its largest cell, whatever the others': somewhere its demand must count.
        var largest = cells.DistinctBy(c => c.SlaClass).ToList();
        var kept = largest.Concat(cells.Except(largest).Take(Math.Max(0, MostCells - largest.Count))).ToList();
        foreach (var cell in cells.Except(kept))
        {
            var into = kept.FindIndex(k => k.SlaClass == cell.SlaClass);
            kept[into] = Merge(kept[into], cell);
        }

        return [.. kept];
    }

    private static DemandCell Merge(DemandCell into, DemandCell cell)
    {
        var frames = into.FramesPerSecond + cell.FramesPerSecond;
        return into with
        {
            FramesPerSecond = frames,
            QuestionsPerSecond = into.QuestionsPerSecond + cell.QuestionsPerSecond,
            Values = [.. into.Values.Zip(cell.Values, (a, b) => ((a * into.FramesPerSecond) + (b * cell.FramesPerSecond)) / frames)],
        };
    }

    private sealed class Entry(int rungs)
    {
        /// <summary>Frames that the mean of values goes back: curves change slowly, by probes.</summary>
        private const int Memory = 64;

        private int _seen;

        public ArrivalCounts Arrivals { get; } = new();

        public double[] Values { get; } = new double[rungs];

        public void Arrived(ReadOnlySpan<double> values, TimeSpan now, int frames, int questions)
        {
            Arrivals.Add(now, frames, questions);
            _seen = Math.Min(_seen + 1, Memory);
            for (var rung = 0; rung < Values.Length; rung++)
            {
                Values[rung] += (values[rung] - Values[rung]) / _seen;
            }
        }
    }
}
