namespace DeltaEdge.Evaluation.Reports;

/// <summary>One cell of a table.</summary>
/// <param name="Text">Plain text, neither Markdown nor HTML.</param>
/// <param name="Strong">Whether it stands out.</param>
public readonly record struct ReportCell(string Text, bool Strong = false);
