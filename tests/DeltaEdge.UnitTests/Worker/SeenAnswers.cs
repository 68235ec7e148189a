using System.Collections.Concurrent;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Observing;

namespace DeltaEdge.UnitTests.Worker;

/// <summary>Keeps every answer, in order.</summary>
internal sealed class SeenAnswers : IStreamObserver
{
    public ConcurrentQueue<StreamAnswer> Answers { get; } = new();

    public void OnAnswer(StreamSpec spec, StreamAnswer answer, CapturedFrame frame) => Answers.Enqueue(answer);

    public void OnState(StreamSpec spec, StateChange change, DateTimeOffset at)
    {
    }
}
