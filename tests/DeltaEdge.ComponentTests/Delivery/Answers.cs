using DeltaEdge.Core.Answers;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>Answers of the stream "cam" about frames of one grey, a second apart.</summary>
internal static class Answers
{
    public static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow();

    public static CapturedFrame Frame(byte grey) => new(new RgbImage(16, 16, [.. Enumerable.Repeat(grey, 16 * 16 * 3)]), 0, 0, TimeSpan.Zero, Start);

    public static StreamAnswer Of(string text, int second) => new()
    {
        StreamId = "cam",
        QuestionId = "q1",
        Question = "How many cars are there?",
        Answer = text,
        Outcome = "on_time",
        FrameIndex = second,
        SourceSeconds = second,
        CapturedAt = Start.AddSeconds(second),
        Deltaedge = new AnswerInfo
        {
            Budget = 16,
            ImageTokens = 16,
            FullBudget = 576,
            QuestionKind = "count",
            ExpectedAccuracy = 1,
            AccuracyBasis = "profile",
            DegradedReason = "none",
            SlaClass = "standard",
            DeadlineMs = 500,
            CaptureAgeMs = 1,
            OnTime = true,
            Latency = new LatencySplit(),
            Worker = "w",
        },
    };
}
