namespace DeltaEdge.Worker.Swapping;

/// <summary>How far a swap is.</summary>
/// <param name="Package">Folder of the package, links followed.</param>
/// <param name="State">What it does.</param>
/// <param name="Model">Name of the package's model; null until the package was read.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
internal sealed record SwapProgress(string Package, SwapPhase State, string? Model = null, string? Error = null)
{
    public bool HasEnded => State is SwapPhase.Done or SwapPhase.Failed;
}
