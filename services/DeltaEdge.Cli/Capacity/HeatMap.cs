using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Capacity;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Cli.Capacity;

/// <summary>Measures L(budget, batch): that many fresh frames asked at once, until the last is answered. Rounds go through all cells, so that drift meets all alike.</summary>
internal sealed class HeatMap(SampleAsker asker, TokenLadder ladder, MonotonicClock clock)
{
    /// <summary>Deadline of asks that nothing should make late.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly int[] Batches = [1, 2, 4, 8];

    /// <exception cref="InvalidOperationException">The engine did not answer.</exception>
    public async Task<MeasuredCell[]> MeasureAsync(QuestionKind kind, int repeats, Action<int> roundDone, CancellationToken cancellationToken)
    {
        var times = new List<double>[ladder.Count, Batches.Length];
        for (var round = 0; round < repeats; round++)
        {
            for (var rung = 0; rung < ladder.Count; rung++)
            {
                for (var column = 0; column < Batches.Length; column++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    (times[rung, column] ??= []).Add(await BatchAsync(kind, ladder[rung], Batches[column]));
                }
            }

            roundDone(round + 1);
        }

        return [.. Enumerable.Range(0, ladder.Count).SelectMany(rung => Batches.Select((batch, column) =>
            new MeasuredCell(rung, batch, Rank(times[rung, column], 0.5), Rank(times[rung, column], 0.95))))];
    }

    public static void RequireAnswer(AskOutcome outcome)
    {
        if (outcome.Status is not (AskStatus.OnTime or AskStatus.Late))
        {
            throw new InvalidOperationException($"The engine ended an ask as {outcome.Status}: {outcome.Error}");
        }
    }

    private async Task<double> BatchAsync(QuestionKind kind, int budget, int batch)
    {
        var asks = new Task<AskOutcome>[batch];
        var began = clock.Now;
        for (var i = 0; i < batch; i++)
        {
            asks[i] = asker.AskAsync(asker.NextFrame(), kind, budget, began, Patience).AsTask();
        }

        var last = began;
        foreach (var outcome in await Task.WhenAll(asks))
        {
            RequireAnswer(outcome);
            last = outcome.FinishedAt > last ? outcome.FinishedAt : last;
        }

        return (last - began).TotalSeconds;
    }

    private static double Rank(List<double> values, double p)
    {
        values.Sort();
        return values[Math.Clamp((int)Math.Ceiling(p * values.Count) - 1, 0, values.Count - 1)];
    }
}
