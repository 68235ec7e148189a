using System.Collections.Concurrent;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Inference.Asking;
using DeltaEdge.UnitTests.Core;
using DeltaEdge.UnitTests.Core.Quality;

namespace DeltaEdge.UnitTests.Worker.Quality;

/// <summary>An engine that answers what the test says: by default at once, on time, at the ceiling asked for, the same text.</summary>
internal sealed class FakeEngine : IVisionEngine
{
    public ConcurrentQueue<AskRequest> Asked { get; } = new();

    public Func<AskRequest, CancellationToken, Task<AskOutcome>> Answers { get; set; } = (ask, _) => Task.FromResult(Outcome(ask.Range.Ceiling, "3"));

    public string ModelName { get; init; } = "fake";

    public bool IsDisposed { get; private set; }

    public TokenLadder Ladder => TokenLadder.Default;

    public int ImageSize => 14;

    public int MaxTextTokens => 100;

    public LatencyProfile Profile { get; set; } = Reports.Profile(scale: 0.3);

    public AccuracyProfile Accuracy => Curves.Profile;

    public EngineStatus Status { get; set; }

    public static AskOutcome Outcome(int budget, string text, AskStatus status = AskStatus.OnTime, TimeSpan finishedAt = default) =>
        new() { Status = status, Budget = budget, Text = text, CompletionTokens = 1, FinishedAt = finishedAt };

    public void Apply(BudgetPlan? plan)
    {
    }

    public ValueTask<AskOutcome> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request);
        return new(Answers(request, cancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
