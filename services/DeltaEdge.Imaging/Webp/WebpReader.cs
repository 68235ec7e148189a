using System.Buffers.Binary;
using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Imaging.Native;

namespace DeltaEdge.Imaging.Webp;

/// <summary>Still WebP, lossy or lossless, to 8-bit RGB.</summary>
internal static unsafe class WebpReader
{
    private const string Format = "WebP";

    public static Result<RgbImage> Decode(ReadOnlySpan<byte> data, ImageLimits limits)
    {
        fixed (byte* memory = data)
        {
            var status = LibWebp.GetFeatures(memory, (nuint)data.Length, out var features, LibWebp.AbiVersion);
            if (status != LibWebp.StatusOk)
            {
                return status == LibWebp.StatusNotEnoughData || IsShort(data)
                    ? ImageErrors.Truncated(Format)
                    : ImageErrors.Damaged(Format, "its header cannot be read.");
            }

            if (features.HasAnimation != 0)
            {
                return ImageErrors.Animated();
            }

            if (ImageDecoder.Exceeds(features.Width, features.Height, limits))
            {
                return ImageErrors.TooManyPixels(features.Width, features.Height, limits);
            }

            return Pixels(memory, data, features);
        }
    }

    private static Result<RgbImage> Pixels(byte* memory, ReadOnlySpan<byte> data, in WebpFeatures features)
    {
        var (width, height) = (features.Width, features.Height);
        var channels = features.HasAlpha != 0 ? 4 : 3;
        var pixels = new byte[checked(width * height * channels)];
        fixed (byte* output = pixels)
        {
            var decoded = channels == 4
                ? LibWebp.DecodeRgbaInto(memory, (nuint)data.Length, output, (nuint)pixels.Length, width * 4)
                : LibWebp.DecodeRgbInto(memory, (nuint)data.Length, output, (nuint)pixels.Length, width * 3);
            if (decoded == 0)
            {
                return IsShort(data) ? ImageErrors.Truncated(Format) : ImageErrors.Damaged(Format, "its data cannot be decoded.");
            }
        }

        if (channels == 3)
        {
            return new RgbImage(width, height, pixels);
        }

        var rgb = GC.AllocateUninitializedArray<byte>(width * height * 3);
        AlphaBlend.OverWhite(pixels, rgb);
        return new RgbImage(width, height, rgb);
    }

    // The RIFF header says how many bytes follow its first eight.
    private static bool IsShort(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) + 8L > data.Length;
}
