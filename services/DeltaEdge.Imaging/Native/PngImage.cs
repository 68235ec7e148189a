using System.Runtime.InteropServices;

namespace DeltaEdge.Imaging.Native;

/// <summary>C's png_image. Lives on the stack between BeginRead and Free.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PngImage
{
    public nint Opaque; // png_controlp opaque
    public uint Version; // png_uint_32 version
    public uint Width; // png_uint_32 width
    public uint Height; // png_uint_32 height
    public uint Format; // png_uint_32 format
    public uint Flags; // png_uint_32 flags
    public uint ColourMapEntries; // png_uint_32 colormap_entries
    public uint WarningOrError; // png_uint_32 warning_or_error
    public fixed byte Message[64]; // char message[64]

    public readonly string Text
    {
        get
        {
            fixed (byte* message = Message)
            {
                return Marshal.PtrToStringUTF8((nint)message) ?? "";
            }
        }
    }
}
