using DeltaEdge.Imaging.Images;

namespace DeltaEdge.Imaging.Fitting;

/// <summary>Any image to the model's square input, as LLaVA prepares it: centred on a square of the mean colour, then resized.</summary>
public static class ModelInput
{
    /// <summary>int(255 × CLIP's mean), red, green, blue: what surrounds an image that is not square.</summary>
    public static ReadOnlySpan<byte> PadColour => [122, 116, 104];

    /// <param name="image">Any size; one that has the right size already is returned as it is.</param>
    /// <param name="side">Side of the model's input, pixels.</param>
    public static RgbImage Fit(RgbImage image, int side)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        if (image.Width == side && image.Height == side)
        {
            return image;
        }

        var pixels = GC.AllocateUninitializedArray<byte>(side * side * 3);
        new PaddedResize(image, side).Into(pixels);
        return new RgbImage(side, side, pixels);
    }
}
