using System.Collections.Immutable;
using System.Text;

namespace DeltaEdge.Evaluation.Reports;

/// <summary>Tables as GitHub-flavoured Markdown.</summary>
public static class MarkdownTable
{
    /// <summary>The table without its caption, each line ended; columns padded to one width, so that it reads in a terminal too.</summary>
    public static string Render(ReportTable table)
    {
        var rows = table.Rows.Select(r => r.Select(Cell).ToImmutableArray()).Prepend([.. table.Headers.Select(Escape)]).ToArray();
        var widths = table.Headers.Select((_, column) => Math.Max(3, rows.Max(r => r[column].Length))).ToArray();
        var text = new StringBuilder();
        for (var row = 0; row < rows.Length; row++)
        {
            text.Append('|');
            for (var column = 0; column < widths.Length; column++)
            {
                var cell = rows[row][column];
                text.Append(' ').Append(column < table.TextColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])).Append(" |");
            }

            text.Append('\n');
            if (row == 0)
            {
                text.Append('|');
                for (var column = 0; column < widths.Length; column++)
                {
                    text.Append(' ').Append('-', widths[column] - 1).Append(column < table.TextColumns ? '-' : ':').Append(" |");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Cell(ReportCell cell) => cell.Strong ? $"**{Escape(cell.Text)}**" : Escape(cell.Text);

    // A bar would end the cell, a line break the row, and the others would be taken for emphasis, code or tags.
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '|' or '*' or '`' or '\\' => safe.Append('\\').Append(c),
                '<' => safe.Append("&lt;"),
                '\r' or '\n' => safe.Append(' '),
                _ => safe.Append(c),
            };
        }

        return safe.ToString();
    }
}
