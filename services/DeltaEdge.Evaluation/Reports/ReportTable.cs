using System.Collections.Immutable;

namespace DeltaEdge.Evaluation.Reports;

/// <summary>A table of a report. The first columns name the row; the others hold numbers and are set to the right.</summary>
/// <param name="Caption">What the table shows.</param>
/// <param name="Headers">One per column, with units.</param>
/// <param name="Rows">Each as long as <paramref name="Headers"/>.</param>
/// <param name="TextColumns">How many columns name the row.</param>
public sealed record ReportTable(string Caption, ImmutableArray<string> Headers, ImmutableArray<ImmutableArray<ReportCell>> Rows, int TextColumns = 1);
