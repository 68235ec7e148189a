using DeltaEdge.Core.Answers;

namespace DeltaEdge.Streams.Answers;

/// <summary>What a feed's reader gets next: an answer, or the notice that some are gone.</summary>
/// <param name="Answer">The answer; null for a notice.</param>
/// <param name="Missed">Answers that fell out of the feed before this reader came; 0 for an answer.</param>
/// <param name="NextId">For a notice: the id of the first answer that is still there.</param>
public readonly record struct FeedItem(StreamAnswer? Answer, long Missed, long NextId);
