using DeltaEdge.Core.Rules;

namespace DeltaEdge.UnitTests.Core.Rules;

public sealed class RuleMachineTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData("yes yes no yes", 1, 0, "0 3")]
    [InlineData("no yes yes no yes yes yes", 2, 0, "2 5")]
    [InlineData("yes - yes", 2, 0, "2")]
    [InlineData("yes no yes no yes no yes", 1, 4, "0 4")]
    [InlineData("yes no yes yes yes yes", 1, 4, "0 4")]
    [InlineData("YES. no Yes!", 1, 0, "0 2")]
    public void Equals_FiresOnceEachTimeItComesTrue(string answers, int frames, int debounceSeconds, string fires) =>
        Assert.Equal(fires, Fires(new RuleCondition { EqualTo = "yes" }, answers, frames, debounceSeconds));

    [Theory]
    [InlineData("yes yes no yes", "3")]
    [InlineData("no yes", "1")]
    [InlineData("- no - yes", "3")]
    public void ChangesTo_WantsSomethingElseFirst(string answers, string fires) => Assert.Equal(fires, Fires(new RuleCondition { ChangesTo = "yes" }, answers));

    [Theory]
    [InlineData("red red green green red", 1, 0, "2 4")]
    [InlineData("red red green red green red", 2, 0, "")]
    [InlineData("red red green red green green red", 2, 0, "5")]
    [InlineData("red green blue blue blue", 1, 2, "1 3")]
    [InlineData("red green red green", 1, 100, "1")]
    public void Changes_FiresWhenAnotherAnswerSettles(string answers, int frames, int debounceSeconds, string fires) =>
        Assert.Equal(fires, Fires(new RuleCondition { Changes = true }, answers, frames, debounceSeconds));

    [Theory]
    [InlineData("2 3 four unclear 5 2 4", "2 6")]
    [InlineData("unclear 9", "1")]
    public void Above_LooksAtTheNumberAndPassesOverAnswersWithout(string answers, string fires) => Assert.Equal(fires, Fires(new RuleCondition { Above = 3 }, answers));

    [Fact]
    public void Below_LooksAtTheNumber() => Assert.Equal("1 4", Fires(new RuleCondition { Below = 1.5 }, "2 1 none 2 zero"));

    [Fact]
    public void AnswerThatThereAreNone_ArmsAgain()
    {
        var machine = new RuleMachine(new RuleSpec { Id = "r", Question = "q", When = new RuleCondition { Above = 3 } });
        var state = machine.Step(machine.Initial, "4", Start).State;
        state = machine.Step(state, "There are no cars", Start.AddSeconds(1)).State;

        Assert.True(machine.Step(state, "4", Start.AddSeconds(2)).Fires);
    }

    [Fact]
    public void Matches_FindsAnywhereAndIgnoresCase() => Assert.Equal("1", Fires(new RuleCondition { Matches = "fire|smoke" }, "calm SMOKE"));

    [Fact]
    public void CaseSensitive_TellsCasesApart() => Assert.Equal("2", Fires(new RuleCondition { EqualTo = "Stop" }, "stop STOP Stop", caseSensitive: true));

    [Fact]
    public void Firing_NamesTheAnswerBefore()
    {
        var machine = new RuleMachine(new RuleSpec { Id = "r", Question = "q", When = new RuleCondition { EqualTo = "yes" }, ForFrames = 2 });
        var state = machine.Step(machine.Initial, "no", Start).State;
        state = machine.Step(state, "yes", Start.AddSeconds(1)).State;

        Assert.Equal("no", machine.Step(state, "yes", Start.AddSeconds(2)).Previous);
    }

    [Fact]
    public void ClockThatWentBack_LeavesNoDebounce()
    {
        var machine = new RuleMachine(new RuleSpec { Id = "r", Question = "q", When = new RuleCondition { EqualTo = "yes" }, DebounceMs = 60_000 });
        var state = machine.Step(machine.Initial, "yes", Start).State;
        state = machine.Step(state, "no", Start.AddHours(-1)).State;

        Assert.True(machine.Step(state, "yes", Start.AddHours(-1)).Fires);
    }

    [Fact]
    public void ClockThatWentBackALittle_IsEarly()
    {
        var machine = new RuleMachine(new RuleSpec { Id = "r", Question = "q", When = new RuleCondition { EqualTo = "yes" }, DebounceMs = 60_000 });
        var state = machine.Step(machine.Initial, "yes", Start.AddSeconds(90)).State;
        state = machine.Step(state, "no", Start.AddSeconds(89)).State;
        var early = machine.Step(state, "yes", Start.AddSeconds(89));

        Assert.False(early.Fires);
        Assert.True(machine.Step(early.State, "yes", Start.AddSeconds(150)).Fires);
    }

    [Fact]
    public void NestedRepeats_AreMatchedInLinearTime()
    {
        var machine = new RuleMachine(new RuleSpec { Id = "r", Question = "q", When = new RuleCondition { Matches = "^(a+)+$" } });

        Assert.False(machine.Step(machine.Initial, new string('a', 20_000) + "b", Start).Fires);
    }

    /// <summary>One answer a second, "-" for none; positions of those that fire.</summary>
    private static string Fires(RuleCondition when, string answers, int frames = 1, int debounceSeconds = 0, bool caseSensitive = false)
    {
        var machine = new RuleMachine(new RuleSpec
        {
            Id = "r",
            Question = "q",
            When = when,
            ForFrames = frames,
            DebounceMs = debounceSeconds * 1000,
            CaseSensitive = caseSensitive,
        });
        var (state, fired) = (machine.Initial, new List<int>());
        foreach (var (index, answer) in answers.Split(' ').Index())
        {
            var step = machine.Step(state, answer == "-" ? null : answer, Start.AddSeconds(index));
            state = step.State;
            if (step.Fires)
            {
                fired.Add(index);
            }
        }

        return string.Join(' ', fired);
    }
}
