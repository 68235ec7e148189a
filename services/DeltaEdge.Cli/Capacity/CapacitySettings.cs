using DeltaEdge.Core.Questions;

namespace DeltaEdge.Cli.Capacity;

/// <summary>What <c>deltaedge capacity</c> was asked.</summary>
/// <param name="Model">Folder of the model package, or null for the one that ships.</param>
/// <param name="FramesPerSecond">Of each camera.</param>
/// <param name="Questions">Kinds asked of every frame.</param>
/// <param name="DeadlineMs">From capture to answer.</param>
/// <param name="Accuracy">Mean expected accuracy that is wanted, 0 to 1.</param>
/// <param name="Workers">Engines like this one.</param>
/// <param name="Repeats">Times that each cell of the heat map is measured.</param>
/// <param name="VerifySeconds">How long to try the answer out; 0 for not at all.</param>
/// <param name="Output">Folder for the files.</param>
/// <param name="Json">Whether to print JSON.</param>
internal sealed record CapacitySettings(
    string? Model, double FramesPerSecond, QuestionKind[] Questions, int DeadlineMs, double Accuracy, int Workers, int Repeats, int VerifySeconds, string Output, bool Json);
