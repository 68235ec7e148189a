using System.Collections.Concurrent;
using DeltaEdge.Core.Answers;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Answers;

/// <summary>The feeds of this worker's streams: the registry opens and closes them, the sink appends, the API reads.</summary>
public sealed class AnswerFeeds(IOptions<StreamsOptions> options)
{
    private readonly int _kept = options.Value.AnswersKept;
    private readonly ConcurrentDictionary<string, AnswerFeed> _feeds = new(StringComparer.Ordinal);

    public AnswerFeed? Find(string streamId) => _feeds.GetValueOrDefault(streamId);

    /// <summary>Appends to the stream's feed; null if the stream is gone.</summary>
    public StreamAnswer? Append(StreamAnswer answer) => Find(answer.StreamId)?.Append(answer);

    internal AnswerFeed Open(string streamId) => _feeds.GetOrAdd(streamId, static (_, kept) => new AnswerFeed(kept), _kept);

    internal void Close(string streamId)
    {
        if (_feeds.TryRemove(streamId, out var feed))
        {
            feed.Close();
        }
    }
}
