using System.Text;
using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Evaluation.Reports;

/// <summary>A comparison on disk: <c>report.html</c> for people, <c>report.md</c> for terminals, SVGs, and JSON for machines.</summary>
public static class ReportFiles
{
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="title">Of the report.</param>
    /// <param name="introduction">What was run, where; plain text.</param>
    /// <param name="report">The comparison.</param>
    /// <returns>The report in Markdown.</returns>
    public static string Write(string folder, string title, string introduction, ComparisonReport report)
    {
        Directory.CreateDirectory(folder);
        var sections = report.Sections();
        File.WriteAllText(Path.Combine(folder, "report.html"), HtmlPage.Render(title, [new HtmlSection { Heading = "What was run", Text = introduction }, .. sections.Select(s => s.Section)]));
        var markdown = new StringBuilder().Append("# ").Append(title).Append("\n\n").Append(introduction).Append('\n');
        foreach (var (section, names) in sections)
        {
            markdown.Append("\n## ").Append(section.Heading).Append('\n');
            if (section.Text.Length > 0)
            {
                markdown.Append('\n').Append(section.Text).Append('\n');
            }

            for (var i = 0; i < names.Length; i++)
            {
                File.WriteAllText(Path.Combine(folder, $"{names[i]}.svg"), section.Drawings[i]);
                markdown.Append("\n![").Append(section.Heading).Append("](").Append(names[i]).Append(".svg)\n");
            }

            foreach (var table in section.Tables)
            {
                markdown.Append('\n').Append(MarkdownTable.Render(table));
            }
        }

        var text = markdown.ToString();
        File.WriteAllText(Path.Combine(folder, "report.md"), text);
        using (var file = File.Create(Path.Combine(folder, "summaries.json")))
        {
            RunJson.Write(file, [.. report.Summaries]);
        }

        using (var file = File.Create(Path.Combine(folder, "comparisons.json")))
        {
            RunJson.Write(file, report.Comparisons());
        }

        return text;
    }
}
