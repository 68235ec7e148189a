using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Worker.Chat;

/// <summary>A chat completion as this server understands it: one question about one image, with the promise asked for.</summary>
internal sealed record ChatRequest
{
    public required string Question { get; init; }

    public required QuestionKind Kind { get; init; }

    /// <summary>The image file's bytes, undecoded; empty if it is to be fetched.</summary>
    public required byte[] ImageBytes { get; init; }

    /// <summary>Where to fetch the image from; null if it came in the request.</summary>
    public string? ImageUrl { get; init; }

    public required BudgetRange Range { get; init; }

    /// <summary>The least of that range that the question's kind bears (<c>detail: low</c>).</summary>
    public bool WantsLeast { get; init; }

    public required SlaClass Sla { get; init; }

    public required int DeadlineMs { get; init; }

    /// <summary>How long before it was parsed the frame was captured, by the caller's word; null if it said nothing.</summary>
    public required TimeSpan? CapturedAgo { get; init; }

    /// <summary>Key of the stream that the caller says the image is from; 0 if it names none.</summary>
    public ulong StreamKey { get; init; }

    /// <summary>Longest answer wanted, tokens; null for what the model was made for.</summary>
    public int? MaxNewTokens { get; init; }

    public required bool Stream { get; init; }

    public required bool IncludeUsage { get; init; }
}
