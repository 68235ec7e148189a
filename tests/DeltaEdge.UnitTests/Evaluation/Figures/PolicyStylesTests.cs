using System.Globalization;
using DeltaEdge.Evaluation.Figures;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

public sealed class PolicyStylesTests
{
    private static readonly string[] Policies =
    [
        "fixed-576", "fixed-144", "fixed-64", "fixed-36", "fixed-16", "fixed-4", "fixed-1", "drop-oldest-576", "admission-576", "aimd-concurrency", "frame-rate",
        "resolution", "infaas-accuracy", "sommelier-local", "proteus", "slackfit", "brownout-pi", "deltaedge", "deltaedge-slack", "oracle",
    ];

    [Fact]
    public void AllPolicies_LookDifferent() => Assert.Equal(Policies.Length, PolicyStyles.For(Policies).Values.Distinct().Count());

    [Fact]
    public void OnlyOurs_AreStrong()
    {
        var styles = PolicyStyles.For(Policies);

        Assert.All(Policies, p => Assert.Equal(PolicyStyles.IsOwn(p), styles[p].Strong));
        Assert.All(Policies, p => Assert.Equal(PolicyStyles.IsOwn(p), styles[p].Colour == Palette.Own));
    }

    [Fact]
    public void KnownPolicy_LooksTheSameInEveryCompany() =>
        Assert.Equal(PolicyStyles.For(Policies)["slackfit"], PolicyStyles.For(["slackfit", "deltaedge", "zebra"])["slackfit"]);

    [Fact]
    public void LinesAndText_StandOutFromPaper()
    {
        Assert.All(Palette.Baselines.Append(Palette.Fixed), c => Assert.True(Contrast(c, Palette.Paper) >= 3));
        Assert.All([Palette.Ink, Palette.Text, Palette.Faint, Palette.Own, Palette.Limit], c => Assert.True(Contrast(c, Palette.Paper) >= 4.5));
        for (var share = 0d; share <= 1; share += 0.01)
        {
            var (fill, text) = Palette.Heat(share);
            Assert.True(Contrast(fill, text) >= 4.5);
        }
    }

    // Contrast ratio of WCAG 2.
    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour) =>
        (0.2126 * Linear(colour[1..3])) + (0.7152 * Linear(colour[3..5])) + (0.0722 * Linear(colour[5..7]));

    private static double Linear(string hex)
    {
        var c = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
