using DeltaEdge.Core.Profiles;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>
/// How a frame can be served: some of its questions at some budget. Optimistic where policies differ: a budget pays for every cheaper
/// one as well, the answered questions are those that gain most and those that decode shortest, and decode steps are shared by as many
/// rows as makes them cheapest.
/// </summary>
internal sealed class FrameChoices(SimulationSettings settings, OracleAim aim)
{
    private readonly LatencyProfile _profile = settings.TrueProfile ?? settings.Profile;
    private readonly AccuracyProfile _accuracy = settings.TrueAccuracy ?? settings.Accuracy;
    private readonly Func<Core.Questions.QuestionKind, int> _answerTokens = settings.AnswerTokens;
    private readonly double _decodeSeconds = CheapestDecode(settings.TrueProfile ?? settings.Profile, settings.Slots);

    /// <summary>By stream of the workload: <see cref="Of"/>, shared by those that are alike.</summary>
    public FrameChoice[][] ByStream(Workload workload)
    {
        var made = new Dictionary<string, FrameChoice[]>();
        return [.. workload.Streams.Select(shape =>
        {
            var key = FormattableString.Invariant($"{shape.Range.Floor}-{shape.Range.Ceiling}|{shape.Weight}|{string.Join(',', shape.Kinds)}");
            return made.TryGetValue(key, out var known) ? known : made[key] = Of(shape);
        })];
    }

    /// <summary>Those that no other betters, cheapest first; each brings more than the one before it.</summary>
    public FrameChoice[] Of(CameraShape shape)
    {
        var ladder = _profile.Ladder;
        var last = ladder.RungAtLeast(shape.Range.Floor);
        var first = Math.Min(last, ladder.RungAtMost(shape.Range.Ceiling));
        var steps = shape.Kinds.Select(kind => _answerTokens(kind) - 1).Order().ToArray();
        var weight = aim == OracleAim.Weighted ? shape.Weight : 1;
        var choices = new List<FrameChoice>();
        for (var rung = first; rung <= last; rung++)
        {
            var values = shape.Kinds.Select(kind => Value(kind, rung, first, last)).OrderDescending().ToArray();
            var (seconds, value) = (_profile.FrameSeconds + _profile.PrefixSeconds[rung], 0d);
            for (var questions = 0; questions < values.Length; questions++)
            {
                seconds += _profile.QuestionSeconds + (steps[questions] * _decodeSeconds);
                value += weight * values[questions];
                choices.Add(new(seconds, value, questions + 1));
            }
        }

        return Undominated(choices);
    }

    /// <summary>The best that a question gets from a prefix that costs no more than that rung's.</summary>
    private double Value(Core.Questions.QuestionKind kind, int rung, int first, int last)
    {
        if (aim == OracleAim.OnTime)
        {
            return 1;
        }

        var best = 0d;
        for (var other = first; other <= last; other++)
        {
            if (_profile.PrefixSeconds[other] <= _profile.PrefixSeconds[rung])
            {
                best = Math.Max(best, _accuracy.Expected(_profile.Ladder[other], kind));
            }
        }

        return best;
    }

    private static FrameChoice[] Undominated(List<FrameChoice> choices)
    {
        choices.Sort((a, b) => a.Seconds.Equals(b.Seconds) ? b.Value.CompareTo(a.Value) : a.Seconds.CompareTo(b.Seconds));
        var kept = new List<FrameChoice>();
        foreach (var choice in choices)
        {
            if (kept.Count == 0 || choice.Value > kept[^1].Value)
            {
                kept.Add(choice);
            }
        }

        return [.. kept];
    }

    private static double CheapestDecode(LatencyProfile profile, int slots) =>
        Enumerable.Range(1, slots).Min(rows => profile.DecodeStep(rows) / rows);
}
