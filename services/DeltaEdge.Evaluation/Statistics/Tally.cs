using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Evaluation.Statistics;

/// <summary>Counts over some asks of a run. Gated ones are not counted.</summary>
internal struct Tally
{
    public int Asks;
    public int OnTime;
    public int Useful;
    public int Answered;
    public double Budgets;
    public double Expected;

    /// <summary>On time over asks; NaN if there are none.</summary>
    public readonly double Attainment => (double)OnTime / Asks;

    /// <summary>On time and correct over asks; NaN if there are none.</summary>
    public readonly double UsefulShare => (double)Useful / Asks;

    /// <summary>Correct over on time; NaN if there are none.</summary>
    public readonly double Accuracy => (double)Useful / OnTime;

    /// <summary>Mean expected accuracy over answered; NaN if there are none.</summary>
    public readonly double ExpectedAccuracy => Expected / Answered;

    /// <summary>Visual tokens, mean over answered; NaN if there are none.</summary>
    public readonly double MeanBudget => Budgets / Answered;

    public static bool IsAnswered(in AskRecord ask) => ask.End is AskEndKind.OnTime or AskEndKind.Late;

    public void Add(in AskRecord ask)
    {
        if (ask.End == AskEndKind.Gated)
        {
            return;
        }

        Asks++;
        OnTime += ask.End == AskEndKind.OnTime ? 1 : 0;
        Useful += ask.Useful ? 1 : 0;
        if (IsAnswered(ask))
        {
            Answered++;
            Budgets += ask.Budget;
            Expected += ask.ExpectedAccuracy;
        }
    }

    public void Add(in Tally other)
    {
        Asks += other.Asks;
        OnTime += other.OnTime;
        Useful += other.Useful;
        Answered += other.Answered;
        Budgets += other.Budgets;
        Expected += other.Expected;
    }
}
