namespace DeltaEdge.Evaluation.Oracle;

/// <summary>The bound could not be computed.</summary>
public sealed class OracleException(string message) : Exception(message);
