using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.Inference.Asking;

/// <summary>
/// A frame at the model's input size. Asks that share the key share its encoding; <see cref="Key"/> is a content hash for images
/// from outside, or unique for a stream's frames. Pixels may be made late: who is turned away, or asks about a frame that is encoded
/// already, needs none.
/// </summary>
public sealed class VisionFrame
{
    private readonly Lazy<Result<RgbImage>> _image;
    private volatile bool _isRead;

    /// <param name="key">Identity for the encoder cache.</param>
    /// <param name="image">Pixels, (S, S, 3) for the model's image size S.</param>
    public VisionFrame(UInt128 key, RgbImage image)
    {
        (Key, _image, _isRead) = (key, new(image), true);
    }

    /// <param name="key">Identity for the encoder cache.</param>
    /// <param name="read">Makes the pixels, (S, S, 3), or says why it cannot; called once at most, from any thread.</param>
    public VisionFrame(UInt128 key, Func<Result<RgbImage>> read) => (Key, _image) = (key, new(read));

    public UInt128 Key { get; }

    /// <summary>Whether <see cref="Read"/> returns at once.</summary>
    public bool IsRead => _isRead;

    /// <summary>Whether <see cref="Read"/> is known to give a refusal, or to throw.</summary>
    public bool IsUnreadable => _isRead && (!_image.IsValueCreated || _image.Value.Error is not null);

    /// <summary>The pixels, made now if nobody has; or the refusal. Waits for whoever is making them.</summary>
    public Result<RgbImage> Read()
    {
        try
        {
            return _image.Value;
        }
        finally
        {
            _isRead = true; // Also if that threw: it throws the same again.
        }
    }
}
