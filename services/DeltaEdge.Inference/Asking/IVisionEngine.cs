using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Inference.Asking;

/// <summary>Answers questions about frames inside their deadlines. Knows no HTTP and no shared state.</summary>
public interface IVisionEngine : IAsyncDisposable
{
    string ModelName { get; }

    TokenLadder Ladder { get; }

    /// <summary>Side of the square input, pixels.</summary>
    int ImageSize { get; }

    /// <summary>Longest question plus answer the context leaves room for at the largest budget, tokens.</summary>
    int MaxTextTokens { get; }

    /// <summary>The measured profile with its online correction.</summary>
    LatencyProfile Profile { get; }

    AccuracyProfile Accuracy { get; }

    EngineStatus Status { get; }

    /// <summary>The plan that limits budgets from now on; null to steer alone. Swapped whole, never blocks.</summary>
    void Apply(BudgetPlan? plan);

    /// <summary>Queues a question and completes when it has ended, however it ended. Cancelling frees what it holds.</summary>
    ValueTask<AskOutcome> AskAsync(AskRequest request, CancellationToken cancellationToken);
}
