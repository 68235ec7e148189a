using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Imaging.Jpeg;
using DeltaEdge.Imaging.Png;
using DeltaEdge.Imaging.Webp;

namespace DeltaEdge.Imaging.Decoding;

/// <summary>
/// Encoded bytes from outside to pixels. The format is told by magic bytes, never by a name or a media type. Transparency is laid
/// over white, as a browser shows it; JPEG orientation (EXIF) is applied. Any input gives an image or an error, never an exception.
/// </summary>
public static class ImageDecoder
{
    /// <param name="data">The file.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="targetSide">
    /// Side of the square that the image is for, 0 for full size. A JPEG much larger than that is decoded at a half, a quarter or
    /// an eighth of its size, never below twice the side, which saves most of the work.
    /// </param>
    public static Result<RgbImage> Decode(ReadOnlySpan<byte> data, ImageLimits limits, int targetSide = 0) => Check(data, limits) is { } refused ? refused : Detect(data) switch
    {
        ImageFormat.Jpeg => JpegReader.Decode(data, limits, targetSide),
        ImageFormat.Png => PngReader.Decode(data, limits),
        _ => WebpReader.Decode(data, limits),
    };

    /// <summary>What can be told of a file without reading a header: whether it is there, not too long, and of a known format. Null if so.</summary>
    public static ApiError? Check(ReadOnlySpan<byte> data, ImageLimits limits) =>
        data.IsEmpty ? ImageErrors.Empty()
        : data.Length > limits.MaxBytes ? ImageErrors.TooManyBytes(data.Length, limits)
        : Detect(data) == ImageFormat.Unknown ? ImageErrors.NotAnImage()
        : null;

    internal static bool Exceeds(long width, long height, ImageLimits limits) =>
        width > limits.MaxWidth || height > limits.MaxHeight || width * height > limits.MaxPixels;

    private static ImageFormat Detect(ReadOnlySpan<byte> data) =>
        data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ImageFormat.Jpeg
        : data.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? ImageFormat.Png
        : data.Length >= 12 && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8) ? ImageFormat.Webp
        : ImageFormat.Unknown;
}
