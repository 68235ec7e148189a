using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Hashing;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Worker.Chat;

/// <summary>An image file's bytes to a frame at the model's input size.</summary>
internal sealed class FrameReader(int imageSize, ImageLimits limits)
{
    // Content keys leave the top bit to frames of streams, which are told apart by a counter.
    private static readonly UInt128 ContentBits = UInt128.MaxValue >> 1;

    /// <param name="bytes">The file.</param>
    /// <param name="param">Where it stands in the request, for the error.</param>
    public Result<VisionFrame> Read(byte[] bytes, string param)
    {
        if (!ImageDecoder.Decode(bytes, limits, imageSize).TryGet(out var image, out var error))
        {
            return error with { Param = param };
        }

        var fitted = ModelInput.Fit(image, imageSize);
        return new VisionFrame(ContentKey.Of(fitted) & ContentBits, fitted);
    }
}
