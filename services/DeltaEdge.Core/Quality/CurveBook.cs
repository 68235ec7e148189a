using System.Collections.Concurrent;
using System.Collections.Frozen;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Quality;

/// <summary>
/// Accuracy by budget of every (stream, question kind), from the model's profile and corrected by agreement probes, and the quality
/// curves that asks carry. Streams that were never probed share the profile's curves and cost nothing; of the others the
/// <see cref="MostStreams"/> last probed are kept. Reading takes no lock and does not allocate.
/// </summary>
/// <param name="ladder">Budgets of the model.</param>
/// <param name="profile">The model's accuracy by budget and kind: the prior.</param>
/// <param name="classes">SLA classes, for their weights.</param>
/// <param name="maxLoss">Share of a kind's best accuracy that its floor may lose, 0 to 1; 0 for no floors.</param>
public sealed class CurveBook(TokenLadder ladder, AccuracyProfile profile, SlaCatalog classes, double maxLoss)
{
    public const int MostStreams = 256;

    private readonly FrozenDictionary<string, int> _classes =
        classes.Classes.Select((c, i) => (c.Name, Index: i)).ToFrozenDictionary(c => c.Name, c => c.Index, StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<ulong, Entry[]> _streams = new(); // by kind; an entry is replaced whole
    private readonly LinkedList<ulong> _lastProbed = new();
    private readonly Lock _lock = new();
    private readonly Entry[] _profiled =
        [.. Enum.GetValues<QuestionKind>().Select(kind => Entry.Of(
            KindCurve.FromProfile(ladder, [.. ladder.Budgets.Select(b => profile.Expected(b, kind))], maxLoss), profile.StandardError(kind), ladder, classes))];

    /// <summary>What an ask of that kind and class from that stream carries. Replaced only when a probe has changed it.</summary>
    /// <param name="stream">Key of the stream; 0 if the ask names none.</param>
    /// <param name="kind">Kind of the question.</param>
    /// <param name="slaClass">A class of the catalogue.</param>
    /// <exception cref="KeyNotFoundException">No such class.</exception>
    public QualityCurve Of(ulong stream, QuestionKind kind, string slaClass) => Find(stream, kind).ByClass[_classes[slaClass]];

    /// <summary>Accuracy and floor behind it.</summary>
    public KindCurve CurveOf(ulong stream, QuestionKind kind) => Find(stream, kind).Curve;

    /// <summary>By rung: the accuracy that budgets are chosen by, 0 to 1 (<see cref="QualityCurve.Credit"/>).</summary>
    public ReadOnlySpan<double> CreditedOf(ulong stream, QuestionKind kind) => Find(stream, kind).Credited;

    /// <summary>Corrected accuracy at a budget, 0 to 1.</summary>
    public double Expected(ulong stream, QuestionKind kind, int budget) => CurveOf(stream, kind).Accuracy[ladder.RungAtMost(budget)];

    /// <summary>The floor that the kind has on that stream by itself, visual tokens.</summary>
    public int FloorOf(ulong stream, QuestionKind kind) => ladder[CurveOf(stream, kind).FloorRung];

    /// <summary>Takes in whether an answer at a budget agreed with the best budget's. One at the best budget or above says nothing.</summary>
    public void Learn(ulong stream, QuestionKind kind, int budget, bool agrees)
    {
        var rung = ladder.RungAtMost(budget);
        lock (_lock)
        {
            var curve = CurveOf(stream, kind);
            if (rung <= curve.BestRung)
            {
                return;
            }

            var entries = _streams.GetOrAdd(stream, static (_, profiled) => [.. profiled], _profiled);
            Volatile.Write(ref entries[(int)kind], Entry.Of(curve.With(rung, agrees), profile.StandardError(kind), ladder, classes));
            _lastProbed.Remove(stream);
            _lastProbed.AddLast(stream);
            if (_lastProbed.Count > MostStreams)
            {
                _streams.TryRemove(_lastProbed.First!.Value, out _);
                _lastProbed.RemoveFirst();
            }
        }
    }

    /// <summary>Forgets what was learned of a stream that is gone.</summary>
    public void Forget(ulong stream)
    {
        lock (_lock)
        {
            _streams.TryRemove(stream, out _);
            _lastProbed.Remove(stream);
        }
    }

    private Entry Find(ulong stream, QuestionKind kind) =>
        _streams.TryGetValue(stream, out var entries) ? Volatile.Read(ref entries[(int)kind]) : _profiled[(int)kind];

    /// <param name="Curve">Accuracy by rung, and the floor.</param>
    /// <param name="Credited">Accuracy that budgets are chosen by.</param>
    /// <param name="ByClass">The same with each class's weight, in the catalogue's order.</param>
    private sealed record Entry(KindCurve Curve, double[] Credited, QualityCurve[] ByClass)
    {
        public static Entry Of(KindCurve curve, double standardError, TokenLadder ladder, SlaCatalog classes)
        {
            var credited = QualityCurve.Credit(curve.Accuracy, standardError);
            return new(curve, credited, [.. classes.Classes.Select(c => QualityCurve.Of(credited, c.Weight, ladder[curve.FloorRung]))]);
        }
    }
}
