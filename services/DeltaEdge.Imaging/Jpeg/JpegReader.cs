using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Imaging.Native;

namespace DeltaEdge.Imaging.Jpeg;

/// <summary>JPEG (grey, YCbCr, RGB, CMYK, YCCK; baseline or progressive) to upright 8-bit RGB.</summary>
internal static unsafe class JpegReader
{
    private const string Format = "JPEG";

    /// <summary>A scaled decode keeps at least this many source pixels per pixel of the target, so that the resize after it still antialiases.</summary>
    private const int MinOversampling = 2;

    public static Result<RgbImage> Decode(ReadOnlySpan<byte> data, ImageLimits limits, int targetSide)
    {
        using var decoder = TurboJpeg.InitDecompress();
        fixed (byte* jpeg = data)
        {
            if (TurboJpeg.DecompressHeader(decoder, jpeg, (nuint)data.Length, out var width, out var height, out _, out var colours) != 0)
            {
                return Failure(decoder, data);
            }

            if (ImageDecoder.Exceeds(width, height, limits))
            {
                return ImageErrors.TooManyPixels(width, height, limits);
            }

            var denominator = ScaleDenominator(Math.Max(width, height), targetSide);
            (width, height) = (DivideUp(width, denominator), DivideUp(height, denominator));
            var isCmyk = colours is TurboJpeg.ColourCmyk or TurboJpeg.ColourYcck;
            var channels = isCmyk ? 4 : 3;
            var pixels = GC.AllocateUninitializedArray<byte>(checked(width * height * channels));
            fixed (byte* buffer = pixels)
            {
                var format = isCmyk ? TurboJpeg.PixelCmyk : TurboJpeg.PixelRgb;
                var status = TurboJpeg.Decompress(decoder, jpeg, (nuint)data.Length, buffer, width, width * channels, height, format, TurboJpeg.FlagLimitScans);
                if (status != 0 && !IsHarmless(decoder, data))
                {
                    return Failure(decoder, data);
                }
            }

            var image = new RgbImage(width, height, isCmyk ? CmykToRgb(pixels) : pixels);
            return Orienter.Apply(image, ExifOrientation.Read(data));
        }
    }

    /// <summary>1, 2, 4 or 8: the sizes that libjpeg-turbo decodes with vector code.</summary>
    internal static int ScaleDenominator(int longSide, int targetSide)
    {
        if (targetSide <= 0)
        {
            return 1;
        }

        var denominator = 1;
        while (denominator < 8 && longSide / (denominator * 2) >= targetSide * MinOversampling)
        {
            denominator *= 2;
        }

        return denominator;
    }

    private static int DivideUp(int value, int by) => (value + by - 1) / by;

    // Adobe's writers store ink inverted, so that 255 is no ink; nearly all CMYK JPEGs are theirs.
    private static byte[] CmykToRgb(byte[] cmyk)
    {
        var rgb = GC.AllocateUninitializedArray<byte>(cmyk.Length / 4 * 3);
        for (int from = 0, to = 0; from < cmyk.Length; from += 4, to += 3)
        {
            var key = cmyk[from + 3];
            rgb[to] = (byte)(((cmyk[from] * key) + 127) / 255);
            rgb[to + 1] = (byte)(((cmyk[from + 1] * key) + 127) / 255);
            rgb[to + 2] = (byte)(((cmyk[from + 2] * key) + 127) / 255);
        }

        return rgb;
    }

    // Cameras pad between segments; the pixels are whole then. Only the first warning is reported, so the end marker is looked for too.
    private static bool IsHarmless(TurboJpegHandle decoder, ReadOnlySpan<byte> data) =>
        TurboJpeg.GetErrorCode(decoder) == TurboJpeg.ErrorIsWarning
        && TurboJpeg.ErrorText(decoder).Contains("extraneous bytes", StringComparison.Ordinal)
        && HasEnd(data);

    private static bool HasEnd(ReadOnlySpan<byte> data) =>
        data.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) > data.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);

    // The one error gate of libjpeg-turbo.
    private static ApiError Failure(TurboJpegHandle decoder, ReadOnlySpan<byte> data)
    {
        var text = TurboJpeg.ErrorText(decoder);
        var isTruncated = !HasEnd(data) || text.Contains("Premature end", StringComparison.Ordinal) || text.Contains("ended prematurely", StringComparison.Ordinal);
        return isTruncated ? ImageErrors.Truncated(Format) : ImageErrors.Damaged(Format, $"{text}.");
    }
}
