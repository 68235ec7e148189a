namespace DeltaEdge.Core.Streams;

/// <summary>When an unchanged scene may get its last answer again instead of a new one.</summary>
/// <param name="MaxAgeMs">Longest time from the capture of the frame that was answered to the capture of the one that reuses it, milliseconds.</param>
/// <param name="Threshold">Change of luma, as a share of full scale, that still counts as none; see <see cref="FrameGrid.IsUnchanged"/>.</param>
public sealed record GateSpec(int MaxAgeMs, double Threshold)
{
    public const int DefaultMaxAgeMs = 2000;
    public const double DefaultThreshold = 0.01;
}
