using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Rules;

namespace DeltaEdge.Core.Streams;

/// <summary>A camera, what is asked of it, and the promise made to it. Valid by construction: see <see cref="StreamSpecParser"/>.</summary>
public sealed record StreamSpec
{
    public required string Id { get; init; }

    /// <summary>As <see cref="SourceSyntax"/> allows. May hold credentials: show <see cref="SourceDisplay"/> instead.</summary>
    public required string Source { get; init; }

    public required ImmutableArray<StreamQuestion> Questions { get; init; }

    /// <summary>Frames asked about per second.</summary>
    public required double Fps { get; init; }

    public required string SlaClass { get; init; }

    /// <summary>Milliseconds from capture to answer: the class's, or the stream's own.</summary>
    public required int DeadlineMs { get; init; }

    public required BudgetRange Range { get; init; }

    /// <summary>Whether a file source starts again at its end.</summary>
    public bool Loop { get; init; } = true;

    /// <summary>How an RTSP source's media travel.</summary>
    public StreamTransport Transport { get; init; }

    /// <summary>When an unchanged scene gets its last answer again; null for never.</summary>
    public GateSpec? Gate { get; init; }

    /// <summary>Which answers are events.</summary>
    public ImmutableArray<RuleSpec> Rules { get; init; } = [];

    /// <summary>Where events and answers go. Holds credentials: show them redacted.</summary>
    public ImmutableArray<DeliveryTarget> Deliver { get; init; } = [];

    /// <summary>The source without user, password and query.</summary>
    public string SourceDisplay => SourceSyntax.Display(Source);
}
