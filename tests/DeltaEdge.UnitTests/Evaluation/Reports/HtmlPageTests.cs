using System.Xml.Linq;
using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Evaluation.Reports;

namespace DeltaEdge.UnitTests.Evaluation.Reports;

public sealed class HtmlPageTests
{
    private static readonly string Page = HtmlPage.Render("proof & <more>",
    [
        new HtmlSection
        {
            Heading = "results",
            Text = "first <b>\n\nsecond",
            Drawings = [LatencyProfileFigure.Draw("profile", "", [new LatencyCell(64, 1, 9)]), CapacityFigure.Draw("capacity", "streams", "it", [])],
            Tables = [new ReportTable("numbers", ["policy", "w1"], [[new("a&b"), new("80.0", true)]])],
        },
    ]);

    [Fact]
    public void Page_HoldsEverythingGiven()
    {
        var body = XDocument.Parse(Page).Root!.Element("body")!;

        Assert.Equal("proof & <more>", body.Element("h1")!.Value);
        Assert.Equal(["first <b>", "second"], body.Elements("p").Select(p => p.Value));
        Assert.Equal(2, body.Elements("figure").Count());
        Assert.Equal(["a&b", "80.0"], body.Descendants("td").Select(t => t.Value));
        Assert.Equal("80.0", Assert.Single(body.Descendants("strong")).Value);
        Assert.Equal("numbers", Assert.Single(body.Descendants("caption")).Value);
    }

    [Fact]
    public void Page_NeedsNothingElse()
    {
        var page = XDocument.Parse(Page);

        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName is "href" or "src");
    }
}
