using DeltaEdge.Evaluation.Reports;

namespace DeltaEdge.UnitTests.Evaluation.Reports;

public sealed class MarkdownTableTests
{
    [Fact]
    public void Table_IsAlignedForReadersAndRenderers()
    {
        var table = new ReportTable("not printed", ["policy", "w1"], [[new("deltaedge", true), new("80.0", true)], [new("slackfit"), new("7.0")]]);

        Assert.Equal(
            """
            | policy        |       w1 |
            | ------------- | -------: |
            | **deltaedge** | **80.0** |
            | slackfit      |      7.0 |

            """,
            MarkdownTable.Render(table));
    }

    [Fact]
    public void Text_CannotBreakTheTable() =>
        Assert.Contains("| a\\|b \\*c\\* &lt;d> e |", MarkdownTable.Render(new ReportTable("", ["x"], [[new("a|b *c* <d>\ne")]])));

    [Fact]
    public void EmptyTable_HasItsHeaderOnly() =>
        Assert.Equal("| a   |   b |\n| --- | --: |\n", MarkdownTable.Render(new ReportTable("", ["a", "b"], [])));
}
