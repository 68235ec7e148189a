namespace DeltaEdge.Core.Planning.Demand;

/// <summary>Outcomes of one SLA class over the last moments, in a ring of equal time slices. Not safe for concurrent use: its owner locks.</summary>
public sealed class SlidingWindow(TimeSpan length, int slices)
{
    private readonly Slice[] _ring = Enumerable.Range(0, slices).Select(_ => new Slice()).ToArray();
    private readonly TimeSpan _slice = length / slices;

    /// <param name="now">When it ended.</param>
    /// <param name="onTime">Whether it was answered on time.</param>
    /// <param name="budget">Visual tokens spent; 0 without an answer.</param>
    /// <param name="seconds">Capture to answer; null without an answer.</param>
    /// <param name="tokens">Tokens of the answer; 0 without one.</param>
    public void Finished(TimeSpan now, bool onTime, int budget, double? seconds, int tokens)
    {
        var slice = At(now);
        slice.Finished++;
        slice.OnTime += onTime ? 1 : 0;
        if (seconds is { } latency)
        {
            slice.Answers++;
            slice.BudgetSum += budget;
            slice.TokenSum += tokens;
            slice.Latencies.Add(latency);
        }
    }

    /// <summary>Sums over the window that ends now.</summary>
    public WindowTotals Read(TimeSpan now)
    {
        var newest = Number(now);
        var totals = new WindowTotals();
        foreach (var slice in _ring)
        {
            if (slice.Number <= newest - _ring.Length || slice.Number > newest)
            {
                continue;
            }

            totals.Finished += slice.Finished;
            totals.OnTime += slice.OnTime;
            totals.Answers += slice.Answers;
            totals.BudgetSum += slice.BudgetSum;
            totals.TokenSum += slice.TokenSum;
        }

        totals.Latencies.EnsureCapacity(totals.Answers);
        foreach (var slice in _ring)
        {
            if (slice.Number > newest - _ring.Length && slice.Number <= newest)
            {
                totals.Latencies.AddRange(slice.Latencies);
            }
        }

        return totals;
    }

    private long Number(TimeSpan now) => now.Ticks / _slice.Ticks;

    private Slice At(TimeSpan now)
    {
        var number = Number(now);
        var slice = _ring[number % _ring.Length];
        if (slice.Number != number)
        {
            slice.Restart(number);
        }

        return slice;
    }

    private sealed class Slice
    {
        public long Number { get; private set; } = long.MinValue / 2;

        public int Finished { get; set; }

        public int OnTime { get; set; }

        public int Answers { get; set; }

        public long BudgetSum { get; set; }

        public long TokenSum { get; set; }

        public List<double> Latencies { get; } = [];

        public void Restart(long number)
        {
            Number = number;
            Finished = OnTime = Answers = 0;
            BudgetSum = TokenSum = 0;
            Latencies.Clear();
        }
    }
}
