using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Scheduling;

namespace DeltaEdge.UnitTests.Inference;

/// <summary>Asks and a profile with round numbers: a frame 10 ms, a prefix 70 ms down to 10 ms, a question and a step 1 ms.</summary>
internal static class Asks
{
    private static readonly RgbImage Pixel = new(1, 1, [0, 0, 0]);

    public static LatencyProfile Profile { get; } = new()
    {
        Ladder = TokenLadder.Default,
        FrameSeconds = 0.010,
        PrefixSeconds = [0.070, 0.060, 0.050, 0.040, 0.030, 0.020, 0.010],
        QuestionSeconds = 0.001,
        DecodeStepSeconds = [0.001, 0.001, 0.001, 0.001],
    };

    /// <summary>Accuracy by rung: every step up costs 10 ms and gains less than the one before.</summary>
    private static double[] Values { get; } = [0.92, 0.91, 0.89, 0.86, 0.82, 0.72, 0.52];

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    public static Ask Create(int frame, double dueMs, int floor = 1, int ceiling = 576, string slaClass = "default", int expectedTokens = 2, int kindFloor = 1, ulong stream = 0, bool unread = false) =>
        Create(unread ? new VisionFrame((UInt128)frame, () => Pixel) : new VisionFrame((UInt128)frame, Pixel), dueMs, floor, ceiling, slaClass, expectedTokens, kindFloor, stream);

    public static Ask Create(VisionFrame frame, double dueMs, int floor = 1, int ceiling = 576, string slaClass = "default", int expectedTokens = 2, int kindFloor = 1, ulong stream = 0) =>
        new(
            new AskRequest
            {
                Frame = frame,
                Question = "",
                Kind = QuestionKind.Count,
                Range = new BudgetRange(floor, ceiling),
                SlaClass = slaClass,
                CapturedAt = TimeSpan.Zero,
                Deadline = Ms(dueMs),
                Stream = stream,
            },
            [1],
            expectedTokens,
            new QualityCurve(Values, kindFloor),
            TimeSpan.Zero);
}
