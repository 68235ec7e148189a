using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Worker.Quality;

/// <summary>An answer that may be probed. Holds its frame, which is content: never logged, and let go of after seconds.</summary>
/// <param name="Ask">What was asked.</param>
/// <param name="Outcome">What it got.</param>
internal sealed record ProbedAnswer(AskRequest Ask, AskOutcome Outcome);
