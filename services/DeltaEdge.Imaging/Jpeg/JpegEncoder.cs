using DeltaEdge.Imaging.Images;
using DeltaEdge.Imaging.Native;

namespace DeltaEdge.Imaging.Jpeg;

/// <summary>Pixels to JPEG (4:2:0), for people to look at.</summary>
public static unsafe class JpegEncoder
{
    /// <param name="image">Pixels.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] Encode(RgbImage image, int quality = 80)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using var encoder = TurboJpeg.InitCompress();
        byte* jpeg = null;
        nuint size = 0;
        try
        {
            fixed (byte* pixels = image.Pixels)
            {
                var status = TurboJpeg.Compress(
                    encoder, pixels, image.Width, image.Width * 3, image.Height, TurboJpeg.PixelRgb, &jpeg, &size, TurboJpeg.Subsampling420, quality, 0);
                return status == 0
                    ? new ReadOnlySpan<byte>(jpeg, (int)size).ToArray()
                    : throw new InvalidOperationException($"JPEG encoding of {image.Width}x{image.Height} failed: {TurboJpeg.ErrorText(encoder)}.");
            }
        }
        finally
        {
            TurboJpeg.Free(jpeg);
        }
    }
}
