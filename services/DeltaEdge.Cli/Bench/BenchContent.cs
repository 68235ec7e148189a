using System.Collections.Immutable;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Bench;

/// <summary>
/// Which image and which questions each arrival of a workload carries: the same for every policy. Images of a kind come round
/// in turn, so that one is not asked about again before all others have been.
/// </summary>
internal sealed class BenchContent
{
    private readonly ImmutableArray<BenchFrame> _frames;
    private readonly Dictionary<string, (ImmutableArray<BenchFrame> Frames, int Next)> _turns = [];

    public BenchContent(ImmutableArray<BenchFrame> frames, Workload workload)
    {
        _frames = frames;
        Frames = [.. workload.Arrivals.Select(a => Next(workload.Streams[a.Stream].Kinds, workload.Seed))];
        Questions = [.. workload.Arrivals.Select((a, i) => Pick(Frames[i], workload.Streams[a.Stream].Kinds, a.Draw))];
    }

    /// <summary>By arrival: its image.</summary>
    public ImmutableArray<BenchFrame> Frames { get; }

    /// <summary>By arrival: one question per kind that its stream asks.</summary>
    public ImmutableArray<ImmutableArray<BenchQuestion>> Questions { get; }

    private BenchFrame Next(ImmutableArray<QuestionKind> kinds, int seed)
    {
        var key = string.Join(',', kinds);
        if (!_turns.TryGetValue(key, out var turn))
        {
            var fitting = _frames.Where(f => kinds.All(f.Has)).ToArray();
            if (fitting.Length == 0)
            {
                throw new InvalidOperationException($"No frame of the bench has questions of the kinds {string.Join(", ", kinds.Select(k => k.Name()))}.");
            }

            new Random(seed).Shuffle(fitting);
            turn = (fitting.ToImmutableArray(), 0);
        }

        _turns[key] = (turn.Frames, turn.Next + 1);
        return turn.Frames[turn.Next % turn.Frames.Length];
    }

    private static ImmutableArray<BenchQuestion> Pick(BenchFrame frame, ImmutableArray<QuestionKind> kinds, ulong draw)
    {
        var picked = ImmutableArray.CreateBuilder<BenchQuestion>(kinds.Length);
        for (var i = 0; i < kinds.Length; i++)
        {
            var choices = frame.Questions.Where(q => q.Kind == kinds[i]).ToList();
            picked.Add(choices[(int)((draw + (ulong)i) % (ulong)choices.Count)]);
        }

        return picked.MoveToImmutable();
    }
}
