namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>One figure that a test measured.</summary>
/// <param name="Promise">Number of the promise, 1 to 12.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Bound">What it is held against; empty if it is only told.</param>
public sealed record Finding(int Promise, string What, string Value, string Bound);
