using System.Runtime.InteropServices;

namespace DeltaEdge.Imaging.Native;

/// <summary>libjpeg-turbo's TurboJPEG API, version 2 (Debian: libturbojpeg0). C's unsigned long is 64 bits wide on every platform we run on.</summary>
internal static unsafe partial class TurboJpeg
{
    public const string Library = "libturbojpeg.so.0";

    // enum TJPF, enum TJSAMP, enum TJERR, TJFLAG_*
    public const int PixelRgb = 0;
    public const int PixelCmyk = 11;
    public const int Subsampling420 = 2;
    public const int ErrorIsWarning = 0;
    public const int FlagLimitScans = 32768;

    // enum TJCS
    public const int ColourCmyk = 3;
    public const int ColourYcck = 4;

    // tjhandle tjInitDecompress(void)
    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial TurboJpegHandle InitDecompress();

    // tjhandle tjInitCompress(void)
    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    public static partial TurboJpegHandle InitCompress();

    // int tjDestroy(tjhandle handle)
    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    // int tjDecompressHeader3(tjhandle, const unsigned char *jpegBuf, unsigned long jpegSize, int *width, int *height, int *subsamp, int *colorspace)
    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(
        TurboJpegHandle handle, byte* jpeg, nuint jpegSize, out int width, out int height, out int subsampling, out int colourSpace);

    // int tjDecompress2(tjhandle, const unsigned char *jpegBuf, unsigned long jpegSize, unsigned char *dstBuf, int width, int pitch, int height, int pixelFormat, int flags)
    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        TurboJpegHandle handle, byte* jpeg, nuint jpegSize, byte* pixels, int width, int pitch, int height, int pixelFormat, int flags);

    // int tjCompress2(tjhandle, const unsigned char *srcBuf, int width, int pitch, int height, int pixelFormat, unsigned char **jpegBuf, unsigned long *jpegSize, int jpegSubsamp, int jpegQual, int flags)
    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    public static partial int Compress(
        TurboJpegHandle handle, byte* pixels, int width, int pitch, int height, int pixelFormat, byte** jpeg, nuint* jpegSize, int subsampling, int quality, int flags);

    // void tjFree(unsigned char *buffer)
    [LibraryImport(Library, EntryPoint = "tjFree")]
    public static partial void Free(byte* buffer);

    // int tjGetErrorCode(tjhandle)
    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    public static partial int GetErrorCode(TurboJpegHandle handle);

    // char *tjGetErrorStr2(tjhandle), owned by the handle
    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    private static partial nint GetErrorString(TurboJpegHandle handle);

    public static string ErrorText(TurboJpegHandle handle) => Marshal.PtrToStringUTF8(GetErrorString(handle)) ?? "unknown error";
}
