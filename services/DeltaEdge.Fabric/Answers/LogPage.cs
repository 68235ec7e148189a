using System.Collections.Immutable;

namespace DeltaEdge.Fabric.Answers;

/// <param name="Entries">Oldest first.</param>
/// <param name="Missed">Entries after the one asked for that are gone; 0 if the log began anew.</param>
/// <param name="IsAnew">The log began anew since the id asked for: what was missed is not known.</param>
/// <param name="LastId">Id of the newest entry; 0 for an empty log.</param>
public sealed record LogPage(ImmutableArray<LogEntry> Entries, long Missed, bool IsAnew, long LastId);
