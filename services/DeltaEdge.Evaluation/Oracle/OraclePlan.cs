namespace DeltaEdge.Evaluation.Oracle;

/// <summary>The best that can be done with all engine time divided at will, and what it says engine time is worth.</summary>
/// <param name="Prices">By slot: answers that one more second would bring, 0 or more.</param>
/// <param name="Answered">Asks that are answered.</param>
internal sealed record OraclePlan(double[] Prices, double Answered);
