using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;

namespace DeltaEdge.Fabric.Answers;

/// <summary>One entry of a stream's log: an answer or an event.</summary>
/// <param name="Id">Position in the log; also inside the answer or event.</param>
/// <param name="Answer">The answer, or null.</param>
/// <param name="Event">The event, or null.</param>
public sealed record LogEntry(long Id, StreamAnswer? Answer, StreamEvent? Event)
{
    public static LogEntry Of(StreamAnswer answer) => new(answer.Id, answer, null);

    public static LogEntry Of(StreamEvent happened) => new(happened.Id, null, happened);

    /// <summary>The same at a position.</summary>
    public LogEntry At(long id) => new(id, Answer is null ? null : Answer with { Id = id }, Event is null ? null : Event with { Id = id });
}
