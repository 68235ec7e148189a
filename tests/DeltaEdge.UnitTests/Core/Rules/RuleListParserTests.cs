using System.Text;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Rules;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.UnitTests.Core.Rules;

public sealed class RuleListParserTests
{
    [Fact]
    public void Rule_IsReadAsWritten()
    {
        var rule = Assert.Single(Parse("""[{"id":"full","question":"q1","when":{"above":3},"for_frames":2,"debounce_ms":60000,"evidence":false,"case_sensitive":true}]""").Value!.Rules);

        Assert.Equal(
            new RuleSpec { Id = "full", Question = "q1", When = new RuleCondition { Above = 3 }, ForFrames = 2, DebounceMs = 60_000, Evidence = false, CaseSensitive = true },
            rule);
    }

    [Fact]
    public void RuleWithTheLeast_GetsDefaults() => Assert.Equal(
        new RuleSpec { Id = "r1", Question = "q1", When = new RuleCondition { EqualTo = "yes" }, ForFrames = 1, DebounceMs = 0, Evidence = true, CaseSensitive = false },
        Assert.Single(Parse("""[{"question":"q1","when":{"equals":"yes"}}]""").Value!.Rules));

    [Theory]
    [InlineData("7", "rules")]
    [InlineData("[7]", "rules[0]")]
    [InlineData("""[{"question":"q9","when":{"changes":true}}]""", "rules[0].question")]
    [InlineData("""[{"id":"a b","question":"q1","when":{"changes":true}}]""", "rules[0].id")]
    [InlineData("""[{"question":"q1","when":{"changes":true}},{"id":"r1","question":"q1","when":{"changes":true}}]""", "rules[1].id")]
    [InlineData("""[{"question":"q1"}]""", "rules[0].when")]
    [InlineData("""[{"question":"q1","when":{}}]""", "rules[0].when")]
    [InlineData("""[{"question":"q1","when":{"above":1,"below":3}}]""", "rules[0].when")]
    [InlineData("""[{"question":"q1","when":{"above":"1"}}]""", "rules[0].when.above")]
    [InlineData("""[{"question":"q1","when":{"equals":""}}]""", "rules[0].when.equals")]
    [InlineData("""[{"question":"q1","when":{"changes":false}}]""", "rules[0].when.changes")]
    [InlineData("""[{"question":"q1","when":{"matches":"("}}]""", "rules[0].when.matches")]
    [InlineData("""[{"question":"q1","when":{"matches":"(a)\\1"}}]""", "rules[0].when.matches")]
    [InlineData("""[{"question":"q1","when":{"matches":"((a{99}){99}){99}"}}]""", "rules[0].when.matches")]
    [InlineData("""[{"question":"q1","when":{"changes":true},"for_frames":0}]""", "rules[0].for_frames")]
    [InlineData("""[{"question":"q1","when":{"changes":true},"debounce_ms":-1}]""", "rules[0].debounce_ms")]
    [InlineData("""[{"question":"q1","when":{"changes":true},"evidence":"yes"}]""", "rules[0].evidence")]
    public void BadRule_NamesItsPlace(string rules, string param) => Assert.Equal(param, Parse(rules).Error?.Param);

    [Fact]
    public void PatchOfQuestionsThatARuleNeeds_IsRefusedUnlessRulesComeToo()
    {
        var parser = new StreamSpecParser(SlaCatalog.Default, TokenLadder.Default);
        var spec = Parse("""[{"question":"q1","when":{"changes":true}}]""").Value!;

        Assert.Equal("rules", parser.Patch(spec, """{"questions":[{"id":"other","text":"x"}]}"""u8.ToArray()).Error?.Param);
        Assert.Empty(parser.Patch(spec, """{"questions":[{"id":"other","text":"x"}],"rules":null}"""u8.ToArray()).Value!.Rules);
        Assert.Equal(spec.Rules, parser.Patch(spec, """{"fps":1}"""u8.ToArray()).Value!.Rules);
    }

    private static Result<StreamSpec> Parse(string rules) => new StreamSpecParser(SlaCatalog.Default, TokenLadder.Default)
        .Parse(Encoding.UTF8.GetBytes($$"""{"source":"a","questions":["How many?"],"rules":{{rules}}}"""));
}
