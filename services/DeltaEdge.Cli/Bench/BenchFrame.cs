using System.Collections.Immutable;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Cli.Bench;

/// <summary>One image of the bench with its graded questions.</summary>
/// <param name="Base64">JPEG in base64, ready to stand in a request body.</param>
/// <param name="Questions">What can be asked of it.</param>
internal sealed record BenchFrame(byte[] Base64, ImmutableArray<BenchQuestion> Questions)
{
    public bool Has(QuestionKind kind) => Questions.Any(q => q.Kind == kind);
}
