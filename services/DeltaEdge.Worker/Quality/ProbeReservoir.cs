using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Quality;

namespace DeltaEdge.Worker.Quality;

/// <summary>
/// The last few answers that a probe could learn from: one per (stream, kind, budget), the newest, at most <see cref="Most"/> frames in
/// all and none older than the options say.
/// </summary>
internal sealed class ProbeReservoir(TokenLadder ladder, CurveBook curves, QualityOptions options)
{
    public const int Most = 16;

    private readonly TimeSpan _maxAge = TimeSpan.FromMilliseconds(options.ProbeMaxAgeMs);
    private readonly List<ProbedAnswer> _answers = []; // oldest first
    private readonly Lock _lock = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _answers.Count;
            }
        }
    }

    /// <summary>Takes in an answer if a probe could learn from it.</summary>
    public void Offer(ProbedAnswer answer)
    {
        if (!options.Probes || Tested(answer) is null)
        {
            return;
        }

        lock (_lock)
        {
            _answers.RemoveAll(a => a.Outcome.Budget == answer.Outcome.Budget && a.Ask.Kind == answer.Ask.Kind && a.Ask.Stream == answer.Ask.Stream);
            if (_answers.Count == Most)
            {
                _answers.RemoveAt(0);
            }

            _answers.Add(answer with { Ask = answer.Ask with { OnText = null } });
        }
    }

    /// <summary>The answer whose budget was probed least on its stream and kind, the newest of equals; null if there is none young enough.</summary>
    public ProbedAnswer? Next(TimeSpan now)
    {
        lock (_lock)
        {
            _answers.RemoveAll(a => now - a.Outcome.FinishedAt > _maxAge);
            ProbedAnswer? next = null;
            var least = double.PositiveInfinity;
            foreach (var answer in _answers)
            {
                if (Tested(answer) is { } budget && curves.CurveOf(answer.Ask.Stream, answer.Ask.Kind).Probes(ladder.RungAtMost(budget)) is var probes && probes <= least)
                {
                    (next, least) = (answer, probes);
                }
            }

            return next;
        }
    }

    public void Remove(ProbedAnswer answer)
    {
        lock (_lock)
        {
            _answers.Remove(answer);
        }
    }

    private int? Tested(ProbedAnswer answer) => ProbeRule.Tested(ladder, curves.CurveOf(answer.Ask.Stream, answer.Ask.Kind), answer.Outcome.Budget);
}
