using System.Collections.Immutable;

namespace DeltaEdge.Evaluation.Reports;

/// <summary>A part of a report page.</summary>
public sealed record HtmlSection
{
    public required string Heading { get; init; }

    /// <summary>Plain text; an empty line begins a new paragraph.</summary>
    public string Text { get; init; } = "";

    /// <summary>SVG documents, drawn by <see cref="Figures"/>; put into the page as they are.</summary>
    public ImmutableArray<string> Drawings { get; init; } = [];

    public ImmutableArray<ReportTable> Tables { get; init; } = [];
}
