using DeltaEdge.Core.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Rules;

/// <summary>What holds of every rule whatever it is told.</summary>
public sealed class RuleMachineProperties
{
    private static readonly Gen<RuleSpec> Rules =
        from when in Gen.Elements(
            new RuleCondition { EqualTo = "yes" }, new RuleCondition { ChangesTo = "yes" }, new RuleCondition { Changes = true },
            new RuleCondition { Above = 2 }, new RuleCondition { Below = 2 }, new RuleCondition { Matches = "y|3" })
        from frames in Gen.Choose(1, 4)
        from debounce in Gen.Elements(0, 500, 5_000)
        select new RuleSpec { Id = "r", Question = "q", When = when, ForFrames = frames, DebounceMs = debounce };

    private static readonly Gen<(string? Answer, int Ms)[]> Answers =
        from answers in (from answer in Gen.Elements<string?>("yes", "no", "1", "3", null) from ms in Gen.Choose(1, 2000) select (answer, ms)).ListOf()
        select answers.ToArray();

    private static readonly Gen<(string? Answer, DateTimeOffset At)[]> Unordered =
        from answers in (from answer in Gen.Elements<string?>("yes", "no", "1", "3") from ms in Gen.Choose(0, 10_000) select (answer, DateTimeOffset.UnixEpoch.AddMilliseconds(ms))).ListOf()
        select answers.ToArray();

    [Fact]
    public void Firings_AreTheDebounceApartAndHaveDedupeKeysOfTheirOwn() => Check((rule, fired, _) =>
    {
        Assert.All(fired.Zip(fired.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(rule.DebounceMs)));
        Assert.Distinct(fired.Select(at => rule.DedupeKey("cam", at)));
    });

    [Fact]
    public void FiringsInARow_HaveKeysOfTheirOwnAlsoWhereTimeGoesBack() => Prop.ForAll(Rules.ToArbitrary(), Unordered.ToArbitrary(), (rule, answers) =>
    {
        var keys = Fired(rule, answers).ConvertAll(at => rule.DedupeKey("cam", at));
        Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Firings_AreNoMoreThanRunsOfAnswersLongEnough() => Check((rule, fired, answers) =>
        Assert.True(fired.Count * rule.ForFrames <= answers.Count(a => a.Answer is not null)));

    [Fact]
    public void MissingAnswers_ChangeNothing() => Prop.ForAll(Rules.ToArbitrary(), Answers.ToArbitrary(), (rule, answers) =>
    {
        var machine = new RuleMachine(rule);
        var (with, without) = (machine.Initial, machine.Initial);
        foreach (var (answer, at) in Timed(answers))
        {
            with = machine.Step(with, answer, at).State;
            without = answer is null ? without : machine.Step(without, answer, at).State;
        }

        Assert.Equal(without, with);
    }).QuickCheckThrowOnFailure();

    private static void Check(Action<RuleSpec, List<DateTimeOffset>, (string? Answer, int Ms)[]> holds) =>
        Prop.ForAll(Rules.ToArbitrary(), Answers.ToArbitrary(), (rule, answers) => holds(rule, Fired(rule, Timed(answers)), answers)).QuickCheckThrowOnFailure();

    private static List<DateTimeOffset> Fired(RuleSpec rule, IEnumerable<(string? Answer, DateTimeOffset At)> answers)
    {
        var machine = new RuleMachine(rule);
        var (state, fired) = (machine.Initial, new List<DateTimeOffset>());
        foreach (var (answer, at) in answers)
        {
            var step = machine.Step(state, answer, at);
            state = step.State;
            if (step.Fires)
            {
                fired.Add(at);
            }
        }

        return fired;
    }

    private static IEnumerable<(string? Answer, DateTimeOffset At)> Timed((string? Answer, int Ms)[] answers)
    {
        var at = DateTimeOffset.UnixEpoch;
        foreach (var (answer, ms) in answers)
        {
            at += TimeSpan.FromMilliseconds(ms);
            yield return (answer, at);
        }
    }
}
