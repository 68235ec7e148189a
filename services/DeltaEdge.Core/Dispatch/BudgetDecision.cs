namespace DeltaEdge.Core.Dispatch;

/// <param name="Budget">Visual tokens to spend.</param>
/// <param name="Reason">Why it is not the model's largest budget.</param>
/// <param name="PredictedSeconds">What the latency profile expects of the group at that budget.</param>
/// <param name="HoldUntil">Do not start yet: ask again at this time, or when something arrives. Null starts now.</param>
public readonly record struct BudgetDecision(int Budget, DegradedReason Reason, double PredictedSeconds, TimeSpan? HoldUntil = null);
