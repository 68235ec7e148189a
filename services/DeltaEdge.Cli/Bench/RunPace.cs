using System.Collections.Immutable;
using DeltaEdge.Evaluation.Simulation.Replay;

namespace DeltaEdge.Cli.Bench;

/// <summary>What an embedded worker's engine measured of itself during a run; kept beside it for its twin.</summary>
/// <param name="Samples">Readings, about ten a second.</param>
/// <param name="FrameCapacity">Encoded frames that it keeps at most.</param>
/// <param name="AnswerTokens">By question kind: decode steps that an answer took of late.</param>
internal sealed record RunPace(ImmutableArray<PaceSample> Samples, int FrameCapacity, ImmutableArray<int> AnswerTokens);
