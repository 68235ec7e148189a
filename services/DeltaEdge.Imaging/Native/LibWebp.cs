using System.Runtime.InteropServices;

namespace DeltaEdge.Imaging.Native;

/// <summary>libwebp's simple decoding API (Debian: libwebp7).</summary>
internal static unsafe partial class LibWebp
{
    public const string Library = "libwebp.so.7";

    public const int AbiVersion = 0x0209; // WEBP_DECODER_ABI_VERSION: only its high byte has to agree

    // enum VP8StatusCode
    public const int StatusOk = 0;
    public const int StatusNotEnoughData = 7;

    // VP8StatusCode WebPGetFeaturesInternal(const uint8_t *data, size_t size, WebPBitstreamFeatures *features, int version)
    [LibraryImport(Library, EntryPoint = "WebPGetFeaturesInternal")]
    public static partial int GetFeatures(byte* data, nuint size, out WebpFeatures features, int abiVersion);

    // uint8_t *WebPDecodeRGBInto(const uint8_t *data, size_t size, uint8_t *output, size_t outputSize, int stride)
    [LibraryImport(Library, EntryPoint = "WebPDecodeRGBInto")]
    public static partial nint DecodeRgbInto(byte* data, nuint size, byte* output, nuint outputSize, int stride);

    // uint8_t *WebPDecodeRGBAInto(const uint8_t *data, size_t size, uint8_t *output, size_t outputSize, int stride)
    [LibraryImport(Library, EntryPoint = "WebPDecodeRGBAInto")]
    public static partial nint DecodeRgbaInto(byte* data, nuint size, byte* output, nuint outputSize, int stride);
}
