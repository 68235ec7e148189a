namespace DeltaEdge.Core.Models;

/// <summary>What the vision side takes in.</summary>
/// <param name="ImageSize">Side of the square input in pixels.</param>
/// <param name="PatchSize">Side of one patch in pixels.</param>
/// <param name="Grid">Patches per side; the features have Grid² rows.</param>
public sealed record VisionShape(int ImageSize, int PatchSize, int Grid)
{
    public int Patches => Grid * Grid;
}
