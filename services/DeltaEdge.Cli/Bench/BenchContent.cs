using System.Collections.Immutable;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Bench;

/// <summary>
/// Which image and which questions each arrival of a workload carries: the same for every policy. Of the images that have questions of
/// the wanted kinds, the one that was not shown for longest comes next, so that encodings of earlier asks are rarely at hand: cameras
/// do not repeat themselves.
/// </summary>
internal sealed class BenchContent
{
    private readonly BenchFrame[] _frames; // shuffled
    private readonly int[] _shownAt; // by frame: arrival, -1 if never

    public BenchContent(ImmutableArray<BenchFrame> frames, Workload workload)
    {
        _frames = [.. frames];
        new Random(workload.Seed).Shuffle(_frames);
        _shownAt = [.. Enumerable.Repeat(-1, frames.Length)];
        Frames = [.. workload.Arrivals.Select((a, i) => Next(workload.Streams[a.Stream].Kinds, i))];
        Questions = [.. workload.Arrivals.Select((a, i) => Pick(Frames[i], workload.Streams[a.Stream].Kinds, a.Draw))];
    }

    /// <summary>By arrival: its image.</summary>
    public ImmutableArray<BenchFrame> Frames { get; }

    /// <summary>By arrival: one question per kind that its stream asks.</summary>
    public ImmutableArray<ImmutableArray<BenchQuestion>> Questions { get; }

    private BenchFrame Next(ImmutableArray<QuestionKind> kinds, int arrival)
    {
        var next = -1;
        for (var i = 0; i < _frames.Length; i++)
        {
            next = kinds.All(_frames[i].Has) && (next < 0 || _shownAt[i] < _shownAt[next]) ? i : next;
        }

        if (next < 0)
        {
            throw new InvalidOperationException($"No frame of the bench has questions of the kinds {string.Join(", ", kinds.Select(k => k.Name()))}.");
        }

        _shownAt[next] = arrival;
        return _frames[next];
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
