using DeltaEdge.Fabric.Answers;

namespace DeltaEdge.Gateway.Readers;

/// <summary>What a reader gets next: an entry, or the notice that some are gone; neither if nothing has come for a while.</summary>
/// <param name="Entry">The entry, or null.</param>
/// <param name="Gap">The notice, or null.</param>
internal readonly record struct LogItem(LogEntry? Entry, LogGap? Gap);

/// <summary>Entries left the log before this reader came back.</summary>
/// <param name="Missed">How many, of any type; null if the log began anew, so that nobody knows.</param>
/// <param name="NextId">The first that is still there.</param>
internal sealed record LogGap(long? Missed, long NextId);
