namespace DeltaEdge.Core.Planning.Demand;

/// <summary>Sums over a <see cref="SlidingWindow"/>.</summary>
public sealed class WindowTotals
{
    public int Finished { get; set; }

    public int OnTime { get; set; }

    public int Answers { get; set; }

    public long BudgetSum { get; set; }

    public long TokenSum { get; set; }

    public List<double> Latencies { get; } = [];

    public double MeanBudget => Answers == 0 ? 0 : (double)BudgetSum / Answers;

    /// <summary>Mean tokens of an answer; null without answers.</summary>
    public double? MeanAnswerTokens => Answers == 0 ? null : (double)TokenSum / Answers;

    /// <summary>Nearest-rank percentile of capture to answer, seconds; 0 without answers.</summary>
    public double Percentile(double p)
    {
        if (Latencies.Count == 0)
        {
            return 0;
        }

        Latencies.Sort();
        return Latencies[Math.Clamp((int)Math.Ceiling(p * Latencies.Count) - 1, 0, Latencies.Count - 1)];
    }
}
