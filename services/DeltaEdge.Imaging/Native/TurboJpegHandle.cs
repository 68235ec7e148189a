using Microsoft.Win32.SafeHandles;

namespace DeltaEdge.Imaging.Native;

/// <summary>A compressor or decompressor; not for two threads at once.</summary>
internal sealed class TurboJpegHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => TurboJpeg.Destroy(handle) == 0;
}
