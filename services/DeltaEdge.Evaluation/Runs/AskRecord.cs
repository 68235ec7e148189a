using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Runs;

/// <summary>
/// One question about one frame, and what became of it. Records of two policies on one workload are pairs by position: both hold
/// every question of every arrival, in order of arrival and question.
/// </summary>
/// <param name="Arrival">Index into the workload's arrivals.</param>
/// <param name="Question">Index into its stream's questions.</param>
/// <param name="DueSeconds">Capture, seconds after the run began. Latency counts from here, whenever it was really sent.</param>
/// <param name="LatencySeconds">Capture to answer; NaN without an answer.</param>
/// <param name="End">How it ended.</param>
/// <param name="Budget">Visual tokens spent; 0 without an answer.</param>
/// <param name="Kind">Kind of the question.</param>
/// <param name="Correct">Whether the answer equals the truth; false without an answer.</param>
/// <param name="ExpectedAccuracy">What the system said of it, 0 to 1; 0 without an answer.</param>
public readonly record struct AskRecord(
    int Arrival, int Question, double DueSeconds, double LatencySeconds, AskEndKind End, int Budget, QuestionKind Kind, bool Correct, double ExpectedAccuracy)
{
    /// <summary>On time and correct: what all of this is for.</summary>
    public bool Useful => End == AskEndKind.OnTime && Correct;
}
