using System.Collections.Immutable;

namespace DeltaEdge.Core.Models;

/// <summary>What pixels become: (value / 255 - mean) / deviation, per channel in the order red, green, blue.</summary>
public sealed record ImageNormalisation(ImmutableArray<float> Mean, ImmutableArray<float> Deviation)
{
    /// <summary>CLIP's.</summary>
    public static ImageNormalisation Clip { get; } = new([0.48145466f, 0.4578275f, 0.40821073f], [0.26862954f, 0.26130258f, 0.27577711f]);
}
