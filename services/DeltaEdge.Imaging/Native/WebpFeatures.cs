using System.Runtime.InteropServices;

namespace DeltaEdge.Imaging.Native;

/// <summary>C's WebPBitstreamFeatures.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WebpFeatures
{
    public int Width; // int width
    public int Height; // int height
    public int HasAlpha; // int has_alpha
    public int HasAnimation; // int has_animation
    public int Format; // int format
    public fixed uint Pad[5]; // uint32_t pad[5]
}
