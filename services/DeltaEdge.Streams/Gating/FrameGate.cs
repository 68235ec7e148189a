using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Gating;

/// <summary>
/// A stream's last on-time answer to each question and the picture it was given for: while the picture stays as it was, the answer
/// stands, up to the stream's age limit. Questions about time are never gated. A changed spec starts it anew. Safe for concurrent use.
/// </summary>
public sealed class FrameGate
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Answered> _answers = new(StringComparer.Ordinal);
    private StreamSpec? _spec;

    /// <summary>The answer that stands for the frame; null if the question has to be asked.</summary>
    /// <param name="spec">The stream as it is now.</param>
    /// <param name="question">One of its questions.</param>
    /// <param name="grid">The new frame.</param>
    /// <param name="capturedAt">Of the new frame.</param>
    public GatedAnswer? Reuse(StreamSpec spec, StreamQuestion question, FrameGrid grid, TimeSpan capturedAt)
    {
        if (spec.Gate is not { } gate || TimeQuestion.Is(question.Text))
        {
            return null;
        }

        lock (_lock)
        {
            if (!ReferenceEquals(_spec, spec) || !_answers.TryGetValue(question.Id, out var last))
            {
                return null;
            }

            var age = capturedAt - last.CapturedAt;
            return age.TotalMilliseconds <= gate.MaxAgeMs && grid.IsUnchanged(last.Grid, gate.Threshold) ? new GatedAnswer(last.Answer, last.CapturedAt, age) : null;
        }
    }

    /// <summary>Keeps an answer that was on time, unless a newer frame's is kept already.</summary>
    public void Keep(StreamSpec spec, StreamQuestion question, FrameGrid grid, TimeSpan capturedAt, StreamAnswer answer)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_spec, spec))
            {
                _answers.Clear();
                _spec = spec;
            }

            if (!_answers.TryGetValue(question.Id, out var last) || last.CapturedAt < capturedAt)
            {
                _answers[question.Id] = new Answered(grid, capturedAt, answer);
            }
        }
    }

    private sealed record Answered(FrameGrid Grid, TimeSpan CapturedAt, StreamAnswer Answer);
}
