namespace DeltaEdge.Fabric.InProcess;

/// <summary>What a stream's log keeps. The newest entry is kept however large it is.</summary>
/// <param name="Entries">Most entries.</param>
/// <param name="Bytes">Most bytes of evidence: nearly all there is of an entry that has any.</param>
/// <param name="Age">Longest that an entry is kept.</param>
internal readonly record struct LogBounds(int Entries, long Bytes, TimeSpan Age);
