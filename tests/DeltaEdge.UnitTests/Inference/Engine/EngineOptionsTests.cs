using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Engine;

namespace DeltaEdge.UnitTests.Inference.Engine;

public sealed class EngineOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.Empty(Failures(_ => { }));

    [Fact]
    public void DefaultProviders_EndWithTheCpu() => Assert.Equal(["tensorrt", "cuda", "cpu"], new EngineOptions().EffectiveProviders);

    [Fact]
    public void BadValues_AreAllNamed()
    {
        var failures = string.Join("\n", Failures(o =>
        {
            o.Slots = 0;
            o.QueueLimit = -1;
            o.Providers.Add("opencl");
            o.ExpectedAnswerTokens["count"] = 0;
            o.ExpectedAnswerTokens["poem"] = 9;
        }));
        foreach (var expected in new[] { "Slots", "QueueLimit", "'opencl'; allowed: tensorrt, cuda, cpu", "ExpectedAnswerTokens:count is 0", "'poem'" })
        {
            Assert.Contains(expected, failures, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ExpectedTokens_OverrideTheDefaults()
    {
        var options = new EngineOptions();
        options.ExpectedAnswerTokens["Describe"] = 99;
        Assert.Equal(99, options.EffectiveAnswerTokens()[(int)QuestionKind.Describe]);
        Assert.Equal(2, options.EffectiveAnswerTokens()[(int)QuestionKind.Count]);
    }

    private static IEnumerable<string> Failures(Action<EngineOptions> configure)
    {
        var options = new EngineOptions();
        configure(options);
        return (new EngineOptionsValidator().Validate(null, options).Failures ?? []).Concat(new EngineOptionsCrossValidator().Validate(null, options).Failures ?? []);
    }
}
