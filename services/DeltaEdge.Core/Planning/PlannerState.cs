namespace DeltaEdge.Core.Planning;

/// <summary>What the planner remembers from one plan to the next. The default value is a fresh start at full budget.</summary>
/// <param name="Level">Level of the <see cref="DegradationPath"/> that the last plan allowed.</param>
/// <param name="Version">Version of the last plan.</param>
/// <param name="RicherSafeSince">Since when the next richer level has looked safe; null if it does not.</param>
/// <param name="RicherLoad">Predicted load at that level, smoothed; means nothing while <paramref name="RicherSafeSince"/> is null.</param>
/// <param name="LastStepDown">When the budget last stepped down.</param>
/// <param name="LastClimb">When it last stepped up.</param>
/// <param name="FailedClimbs">Climbs in a row that latency undid: each doubles the wait before the next.</param>
/// <param name="FailedLoad">Predicted load at the level that failed: once it has clearly fallen, the failures are forgotten.</param>
/// <param name="FailedLevel">That level.</param>
public readonly record struct PlannerState(
    int Level,
    long Version,
    TimeSpan? RicherSafeSince = null,
    double RicherLoad = 0,
    TimeSpan? LastStepDown = null,
    TimeSpan? LastClimb = null,
    int FailedClimbs = 0,
    double FailedLoad = 0,
    int FailedLevel = 0);
