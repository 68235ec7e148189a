using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeltaEdge.Core.Answers;
using DeltaEdge.Streams.Gating;

namespace DeltaEdge.Streams.Answers;

/// <summary>
/// A stream's newest answers, ids rising by one from 1. Any number of readers, each at its own pace; one that falls further behind
/// than the feed keeps is told how many it missed. Nobody waits for a reader.
/// </summary>
public sealed class AnswerFeed
{
    private readonly Lock _lock = new();
    private readonly Pulse _appended = new();
    private readonly StreamAnswer?[] _ring;
    private long _lastId;
    private bool _isClosed;

    public AnswerFeed(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _ring = new StreamAnswer?[capacity];
    }

    /// <summary>The stream's last answers, for frames on which nothing has changed.</summary>
    public FrameGate Gate { get; } = new();

    /// <summary>The newest answer's id; 0 before the first.</summary>
    public long LastId => Interlocked.Read(ref _lastId);

    /// <summary>Gives the answer its id and wakes the readers. After <see cref="Close"/> the answer is dropped.</summary>
    public StreamAnswer Append(StreamAnswer answer)
    {
        StreamAnswer numbered;
        lock (_lock)
        {
            numbered = answer with { Id = _lastId + 1 };
            if (_isClosed)
            {
                return numbered;
            }

            _ring[numbered.Id % _ring.Length] = numbered;
            Interlocked.Exchange(ref _lastId, numbered.Id);
        }

        _appended.Fire();
        return numbered;
    }

    /// <summary>What is there after an id, oldest first, at most <paramref name="max"/> answers, with a notice in front if some are gone.</summary>
    /// <param name="id">
    /// The last one read; 0 for all that is kept. One above the newest is from an earlier life of the stream: the reader starts over.
    /// </param>
    /// <param name="max">Most answers to give.</param>
    public ImmutableArray<FeedItem> ReadAfter(long id, int max = 100)
    {
        lock (_lock)
        {
            var from = id < 0 || id > _lastId ? 0 : id;
            var oldest = Math.Max(1, _lastId - _ring.Length + 1);
            var items = ImmutableArray.CreateBuilder<FeedItem>();
            if (from + 1 < oldest)
            {
                items.Add(new FeedItem(null, oldest - from - 1, oldest));
                from = oldest - 1;
            }

            for (var next = from + 1; next <= _lastId && next <= from + max; next++)
            {
                items.Add(new FeedItem(_ring[next % _ring.Length], 0, 0));
            }

            return items.ToImmutable();
        }
    }

    /// <summary>Everything after an id as it comes, until the feed is closed.</summary>
    public async IAsyncEnumerable<FeedItem> FollowAsync(long id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // An id from an earlier life would hide the answers of this one until it is passed again.
        id = id > LastId ? 0 : id;
        while (true)
        {
            var appended = _appended.Next;
            var isClosed = Volatile.Read(ref _isClosed);
            foreach (var item in ReadAfter(id))
            {
                id = item.Answer?.Id ?? item.NextId - 1;
                yield return item;
            }

            if (id < LastId)
            {
                continue;
            }

            if (isClosed)
            {
                yield break;
            }

            await appended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the feed: readers get what is there and then the end.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        _appended.Fire();
    }
}
