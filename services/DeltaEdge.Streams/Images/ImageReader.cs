using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.Streams.Images;

/// <summary>An image file's bytes to a frame of the model's size.</summary>
internal static class ImageReader
{
    /// <summary>(side, side, 3). Its content is never part of the error.</summary>
    public static Result<RgbImage> Read(ReadOnlySpan<byte> file, int side, int maxBytes) =>
        ImageDecoder.Decode(file, new ImageLimits { MaxBytes = maxBytes }, side).TryGet(out var image, out var error) ? ModelInput.Fit(image, side) : error;
}
