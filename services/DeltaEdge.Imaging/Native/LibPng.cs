using System.Runtime.InteropServices;

namespace DeltaEdge.Imaging.Native;

/// <summary>libpng's simplified API (Debian: libpng16-16). It catches its own long jumps; 0 means failed, with the reason in the struct.</summary>
internal static unsafe partial class LibPng
{
    public const string Library = "libpng16.so.16";

    public const uint Version = 1; // PNG_IMAGE_VERSION
    public const uint FormatAlpha = 1; // PNG_FORMAT_FLAG_ALPHA
    public const uint FormatRgb = 2; // PNG_FORMAT_RGB
    public const uint FormatRgba = 3; // PNG_FORMAT_RGBA
    public const uint SixteenBitIsSrgb = 4; // PNG_IMAGE_FLAG_16BIT_sRGB

    // int png_image_begin_read_from_memory(png_imagep image, png_const_voidp memory, size_t size)
    [LibraryImport(Library, EntryPoint = "png_image_begin_read_from_memory")]
    public static partial int BeginRead(PngImage* image, byte* memory, nuint size);

    // int png_image_finish_read(png_imagep image, png_const_colorp background, void *buffer, png_int_32 row_stride, void *colormap)
    [LibraryImport(Library, EntryPoint = "png_image_finish_read")]
    public static partial int FinishRead(PngImage* image, void* background, byte* buffer, int rowStride, void* colourMap);

    // void png_image_free(png_imagep image)
    [LibraryImport(Library, EntryPoint = "png_image_free")]
    public static partial void Free(PngImage* image);
}
