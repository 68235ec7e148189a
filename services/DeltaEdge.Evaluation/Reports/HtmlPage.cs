using System.Globalization;
using System.Text;
using static DeltaEdge.Evaluation.Figures.SvgText;

namespace DeltaEdge.Evaluation.Reports;

/// <summary>A report as one HTML file that needs nothing else: no scripts, no links to elsewhere.</summary>
public static class HtmlPage
{
    private const string Style = """
        body { font: 15px/1.5 Helvetica, Arial, sans-serif; color: #111827; background: #ffffff; max-width: 1280px; margin: 32px auto; padding: 0 20px; }
        h1 { font-size: 26px; } h2 { font-size: 20px; margin-top: 44px; border-bottom: 1px solid #e5eaf1; padding-bottom: 4px; }
        figure { margin: 20px 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
        .table { overflow-x: auto; margin: 20px 0; } table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: bold; padding-bottom: 6px; } th, td { padding: 4px 8px; border-bottom: 1px solid #e5eaf1; text-align: right; }
        th { vertical-align: bottom; border-bottom: 2px solid #94a3b8; } th.name, td.name { text-align: left; white-space: nowrap; }
        """;

    /// <summary>The page, well-formed as XML too.</summary>
    public static string Render(string title, IEnumerable<HtmlSection> sections)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{Escape(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{Escape(title)}</h1>\n");
        foreach (var section in sections)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(section.Heading)}</h2>\n");
            foreach (var paragraph in section.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                html.Append(CultureInfo.InvariantCulture, $"<p>{Escape(paragraph)}</p>\n");
            }

            foreach (var drawing in section.Drawings)
            {
                html.Append(CultureInfo.InvariantCulture, $"<figure>\n{drawing}</figure>\n");
            }

            foreach (var table in section.Tables)
            {
                Append(html, table);
            }
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder html, ReportTable table)
    {
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"table\"><table>\n<caption>{Escape(table.Caption)}</caption>\n<thead><tr>");
        for (var column = 0; column < table.Headers.Length; column++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th{Class(table, column)}>{Escape(table.Headers[column])}</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var column = 0; column < row.Length; column++)
            {
                var text = Escape(row[column].Text);
                html.Append(CultureInfo.InvariantCulture, $"<td{Class(table, column)}>{(row[column].Strong ? $"<strong>{text}</strong>" : text)}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }

    private static string Class(ReportTable table, int column) => column < table.TextColumns ? " class=\"name\"" : "";
}
