using DeltaEdge.Core.Wire;

namespace DeltaEdge.Imaging.Decoding;

/// <summary>Every way an image is refused. <see cref="ApiError.Param"/> is "image"; the caller puts the place in its request there.</summary>
internal static class ImageErrors
{
    private const string Param = "image";

    public static ApiError Empty() => ApiError.Invalid(Param, "The image is empty (0 bytes). Allowed: JPEG, PNG or WebP.", "invalid_image");

    public static ApiError NotAnImage() =>
        ApiError.UnsupportedMedia(Param, "The data is not an image in a known format. Allowed: JPEG, PNG or WebP.");

    public static ApiError Animated() =>
        ApiError.UnsupportedMedia(Param, "Animated WebP is not supported. Allowed: a still JPEG, PNG or WebP.");

    public static ApiError TooManyBytes(int bytes, ImageLimits limits) =>
        ApiError.TooLarge($"The image is {bytes} bytes; at most {limits.MaxBytes} are allowed.") with { Param = Param };

    public static ApiError TooManyPixels(long width, long height, ImageLimits limits) =>
        ApiError.TooLarge($"The image is {width}x{height} pixels; at most {limits.MaxWidth}x{limits.MaxHeight} and {limits.MaxPixels} pixels in all are allowed.") with { Param = Param };

    public static ApiError Truncated(string format) =>
        ApiError.Invalid(Param, $"The {format} image is truncated: its data ends before its last pixel.", "invalid_image");

    /// <param name="format">Its format, by magic bytes.</param>
    /// <param name="detail">The codec's own words; never content of the image.</param>
    public static ApiError Damaged(string format, string detail) =>
        ApiError.Invalid(Param, $"The {format} image is damaged: {detail}", "invalid_image");
}
