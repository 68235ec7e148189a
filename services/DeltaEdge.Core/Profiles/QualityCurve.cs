namespace DeltaEdge.Core.Profiles;

/// <summary>What an answer to a question is worth by budget, and how little it may be given. Shared by all asks of one kind and stream; never changed once made.</summary>
/// <param name="Values">By rung: weight of the SLA class times expected accuracy, in weighted correct answers.</param>
/// <param name="Floor">The kind's own floor in visual tokens; 1 if it has none.</param>
public sealed record QualityCurve(double[] Values, int Floor);
