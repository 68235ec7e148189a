using DeltaEdge.Evaluation.Figures;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

public sealed class SvgTextTests
{
    [Theory]
    [InlineData("a<b & \"c\" > 'd'", "a&lt;b &amp; &quot;c&quot; &gt; &#39;d&#39;")]
    [InlineData("ρ ≥ 2", "ρ ≥ 2")]
    [InlineData("a\nb\u0000c\uffff", "a b\ufffdc\ufffd")]
    public void Escape_LeavesNothingThatMarkupTakesForItsOwn(string text, string escaped) => Assert.Equal(escaped, SvgText.Escape(text));

    [Fact]
    public void Width_IsOfWhatIsDrawn() => Assert.Equal(SvgText.Width("\ufffd\ufffd", 12), SvgText.Width("\u0001\u007f", 12));

    [Fact]
    public void Fit_ShortensOnlyWhatIsTooWide()
    {
        Assert.Equal("slackfit", SvgText.Fit("slackfit", 12, 100));
        var fit = SvgText.Fit("a policy with a very long name", 12, 100);
        Assert.EndsWith("…", fit);
        Assert.StartsWith("a policy", fit);
        Assert.True(SvgText.Width(fit, 12) <= 100);
    }
}
