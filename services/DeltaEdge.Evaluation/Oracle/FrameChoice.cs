namespace DeltaEdge.Evaluation.Oracle;

/// <summary>One way to serve a frame.</summary>
/// <param name="Seconds">Engine time that it takes at least.</param>
/// <param name="Value">Answers that it brings at most, by expectation, as the oracle counts them.</param>
/// <param name="Questions">Questions that it answers.</param>
internal readonly record struct FrameChoice(double Seconds, double Value, int Questions);
