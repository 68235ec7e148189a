using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>The streams of a workload as workers see them.</summary>
internal sealed class StreamTable
{
    private static readonly int KindCount = Enum.GetValues<QuestionKind>().Length;

    private readonly StreamTerms[] _streams;
    private readonly double[] _believed; // (rung, kind)
    private readonly double[] _true; // (rung, kind)
    private readonly TokenLadder _ladder;

    public StreamTable(Workload workload, SimulationSettings settings)
    {
        _ladder = settings.Ladder;
        _believed = Table(settings.Accuracy);
        _true = Table(settings.TrueAccuracy ?? settings.Accuracy);
        var builder = new Builder(this, settings);
        _streams = new StreamTerms[workload.Streams.Length];
        for (var i = 0; i < _streams.Length; i++)
        {
            _streams[i] = builder.Terms(workload.Streams[i]);
        }
    }

    public StreamTerms this[int stream] => _streams[stream];

    /// <summary>Accuracy of an answer, as the system believes and in truth.</summary>
    public (double Believed, double True) Accuracy(int budget, QuestionKind kind)
    {
        var index = (_ladder.RungOf(budget) * KindCount) + (int)kind;
        return (_believed[index], _true[index]);
    }

    private double[] Table(AccuracyProfile accuracy)
    {
        var table = new double[_ladder.Count * KindCount];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = accuracy.Expected(_ladder[i / KindCount], (QuestionKind)(i % KindCount));
        }

        return table;
    }

    /// <summary>Makes one of each: curves by class and kind, terms by what streams ask for.</summary>
    private sealed class Builder(StreamTable table, SimulationSettings settings)
    {
        private readonly Dictionary<(int Class, QuestionKind Kind), QualityCurve> _curves = [];
        private readonly Dictionary<string, StreamTerms> _terms = [];

        public StreamTerms Terms(CameraShape shape)
        {
            var key = FormattableString.Invariant($"{shape.SlaClass}|{shape.DeadlineSeconds:r}|{shape.Range.Floor}-{shape.Range.Ceiling}|{string.Join(',', shape.Kinds)}");
            if (!_terms.TryGetValue(key, out var terms))
            {
                _terms[key] = terms = Make(shape);
            }

            return terms;
        }

        private StreamTerms Make(CameraShape shape)
        {
            var (ladder, range) = (settings.Ladder, shape.Range);
            if (!ladder.Contains(range.Floor) || !ladder.Contains(range.Ceiling) || range.Floor > range.Ceiling)
            {
                throw new ArgumentException($"Stream {shape.Id} asks for {range}, which is no range of the ladder {ladder}.");
            }

            var sla = settings.Catalog.Find(shape.SlaClass)
                ?? throw new ArgumentException($"Stream {shape.Id} asks in the class '{shape.SlaClass}'; allowed: {settings.Catalog.Allowed}.");
            var index = settings.Catalog.Classes.IndexOf(sla);
            QualityCurve[] curves = [.. shape.Kinds.Select(kind => Curve(index, sla.Weight, kind))];
            var floor = Math.Clamp(curves.Max(c => c.Floor), range.Floor, range.Ceiling);
            return new(
                sla.Name, TimeSpan.FromSeconds(shape.DeadlineSeconds), range, range with { Floor = floor },
                [.. shape.Kinds], curves, [.. shape.Kinds.Select(settings.AnswerTokens)], Values(shape));
        }

        private QualityCurve Curve(int index, double weight, QuestionKind kind)
        {
            if (!_curves.TryGetValue((index, kind), out var curve))
            {
                var floor = settings.MaxLoss > 0 ? settings.Ladder[AccuracyCurve.FloorRung(Believed(kind), settings.MaxLoss)] : 1;
                _curves[(index, kind)] = curve = QualityCurve.Of(Credited(kind), weight, floor);
            }

            return curve;
        }

        private double[] Values(CameraShape shape)
        {
            var values = new double[settings.Ladder.Count];
            foreach (var accuracy in shape.Kinds.Select(Credited))
            {
                for (var rung = 0; rung < values.Length; rung++)
                {
                    values[rung] += accuracy[rung];
                }
            }

            return values;
        }

        private double[] Credited(QuestionKind kind) => QualityCurve.Credit(Believed(kind), settings.Accuracy.StandardError(kind));

        private double[] Believed(QuestionKind kind) =>
            [.. Enumerable.Range(0, settings.Ladder.Count).Select(rung => table._believed[(rung * KindCount) + (int)kind])];
    }
}
