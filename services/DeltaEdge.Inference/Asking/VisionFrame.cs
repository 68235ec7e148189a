using DeltaEdge.Imaging.Images;

namespace DeltaEdge.Inference.Asking;

/// <summary>
/// A frame at the model's input size. Asks that share the key share its encoding; <see cref="Key"/> is a content hash for images
/// from outside, or unique for a stream's frames.
/// </summary>
/// <param name="Key">Identity for the encoder cache.</param>
/// <param name="Image">Pixels, (S, S, 3) for the model's image size S.</param>
public sealed record VisionFrame(UInt128 Key, RgbImage Image);
