using System.Collections.Immutable;

namespace DeltaEdge.Inference.Profiling;

/// <summary>A latency profile as it lies on disk, seconds throughout.</summary>
internal sealed record StoredProfile(
    ImmutableArray<int> Ladder,
    double FrameSeconds,
    ImmutableArray<double> PrefixSeconds,
    double QuestionSeconds,
    ImmutableArray<double> DecodeStepSeconds);
