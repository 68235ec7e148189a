using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Imaging.Native;

namespace DeltaEdge.Imaging.Png;

/// <summary>PNG of any colour type and depth to 8-bit RGB; 16-bit samples without a gamma chunk are taken as sRGB.</summary>
internal static unsafe class PngReader
{
    private const string Format = "PNG";

    public static Result<RgbImage> Decode(ReadOnlySpan<byte> data, ImageLimits limits)
    {
        var image = new PngImage { Version = LibPng.Version };
        fixed (byte* memory = data)
        {
            try
            {
                if (LibPng.BeginRead(&image, memory, (nuint)data.Length) == 0)
                {
                    return Failure(image.Text);
                }

                return ImageDecoder.Exceeds(image.Width, image.Height, limits)
                    ? ImageErrors.TooManyPixels(image.Width, image.Height, limits)
                    : Pixels(ref image);
            }
            finally
            {
                LibPng.Free(&image);
            }
        }
    }

    private static Result<RgbImage> Pixels(ref PngImage image)
    {
        var (width, height) = ((int)image.Width, (int)image.Height);
        var hasAlpha = (image.Format & LibPng.FormatAlpha) != 0;
        var channels = hasAlpha ? 4 : 3;
        image.Format = hasAlpha ? LibPng.FormatRgba : LibPng.FormatRgb;
        image.Flags |= LibPng.SixteenBitIsSrgb;

        // Zeroed: libpng leaves rows it never reached as they were.
        var pixels = new byte[checked(width * height * channels)];
        fixed (byte* buffer = pixels)
        fixed (PngImage* native = &image)
        {
            if (LibPng.FinishRead(native, null, buffer, width * channels, null) == 0)
            {
                return Failure(image.Text);
            }
        }

        if (!hasAlpha)
        {
            return new RgbImage(width, height, pixels);
        }

        var rgb = GC.AllocateUninitializedArray<byte>(width * height * 3);
        AlphaBlend.OverWhite(pixels, rgb);
        return new RgbImage(width, height, rgb);
    }

    // The one error gate of libpng.
    private static ApiError Failure(string text) =>
        text.Contains("end of data", StringComparison.Ordinal) || text.Contains("Not enough image data", StringComparison.Ordinal)
            ? ImageErrors.Truncated(Format)
            : ImageErrors.Damaged(Format, text.Length == 0 ? "libpng gave no reason." : $"{text}.");
}
