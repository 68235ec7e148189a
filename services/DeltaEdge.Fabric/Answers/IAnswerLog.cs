using DeltaEdge.Fabric.Streams;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.Answers;

/// <summary>
/// The newest answers and events of each stream, bounded in number, bytes and age. Ids rise by one within a log, and a log that begins anew
/// (removed and added again, or lost with its store) begins far above its last life, so an id never means two things. Outlives the
/// worker that writes it, and goes with the stream's record: whoever adds a stream of the same id later finds nothing of it.
/// </summary>
public interface IAnswerLog
{
    /// <summary>Appends for the owner of the stream, and only for it.</summary>
    /// <param name="owner">The claim it is written under; refused if the stream has another fence by now.</param>
    /// <param name="key">A repeat is not appended again and gets its first id.</param>
    /// <param name="entry">Its id is set.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may be appended all the same.</param>
    ValueTask<AppendReceipt> AppendAsync(StreamOwner owner, AppendKey key, LogEntry entry, CancellationToken cancellationToken);

    /// <summary>What comes after an id, oldest first; null if shared state is out of reach.</summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="after">Last id that was read; 0 for all that is kept. One that this log cannot have given starts over.</param>
    /// <param name="max">Most entries to give.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<LogPage?> ReadAsync(string streamId, long after, int max, CancellationToken cancellationToken);

    /// <summary>Fires when the stream's log has grown or was removed. May fire for nothing. Take the token first, then read.</summary>
    IChangeToken LogChanged(string streamId);
}
