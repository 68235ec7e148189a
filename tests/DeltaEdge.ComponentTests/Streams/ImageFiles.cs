using DeltaEdge.Imaging.Images;
using DeltaEdge.Imaging.Jpeg;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Pictures of one grey, which says which one it is.</summary>
internal static class ImageFiles
{
    public static byte[] Grey(byte level, int side = ClipFolder.Side)
    {
        var pixels = new byte[side * side * 3];
        Array.Fill(pixels, level);
        return JpegEncoder.Encode(new RgbImage(side, side, pixels), 95);
    }

    /// <summary>The grey in the middle of a frame, to the nearest ten.</summary>
    public static int LevelIn(ReadOnlySpan<byte> pixels) => (int)Math.Round(pixels[((ClipFolder.Side / 2 * ClipFolder.Side) + (ClipFolder.Side / 2)) * 3] / 10.0) * 10;
}
