using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Imaging.Hashing;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Worker.Chat;

/// <summary>An image file's bytes to a frame at the model's input size.</summary>
internal sealed class FrameReader(int imageSize, ImageLimits limits)
{
    // Content keys leave the top bit to frames of streams, which are told apart by a counter.
    private static readonly UInt128 ContentBits = UInt128.MaxValue >> 1;

    /// <summary>A frame whose pixels are made when somebody needs them; a file that cannot be an image is refused now.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="param">Where it stands in the request, for the error.</param>
    public Result<VisionFrame> Open(byte[] file, string param) =>
        ImageDecoder.Check(file, limits) is { } error ? error with { Param = param } : new VisionFrame(ContentKey.Of(file) & ContentBits, () => Decode(file, param));

    private Result<RgbImage> Decode(byte[] file, string param) =>
        ImageDecoder.Decode(file, limits, imageSize).TryGet(out var image, out var error) ? ModelInput.Fit(image, imageSize) : error with { Param = param };
}
