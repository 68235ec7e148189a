using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.ComponentTests.Worker;

/// <summary>The real engine, but it always says that it is idle: so a test can have a probe that waits.</summary>
internal sealed class IdleLookingEngine(IVisionEngine inner) : IVisionEngine
{
    public string ModelName => inner.ModelName;

    public TokenLadder Ladder => inner.Ladder;

    public int ImageSize => inner.ImageSize;

    public int MaxTextTokens => inner.MaxTextTokens;

    public LatencyProfile Profile => inner.Profile;

    public AccuracyProfile Accuracy => inner.Accuracy;

    public EngineStatus Status => default;

    public void Apply(BudgetPlan? plan) => inner.Apply(plan);

    public ValueTask<AskOutcome> AskAsync(AskRequest request, CancellationToken cancellationToken) => inner.AskAsync(request, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
