using System.Runtime.InteropServices;
using DeltaEdge.Imaging.Native;

namespace DeltaEdge.UnitTests.Imaging;

/// <summary>The C structs, byte for byte, on a 64-bit platform.</summary>
public sealed class NativeAbiTests
{
    [Fact]
    public void PngImage_HasTheSizeAndOffsetsOfC()
    {
        Assert.Equal(104, Marshal.SizeOf<PngImage>());
        Assert.Equal(12, Marshal.OffsetOf<PngImage>(nameof(PngImage.Width)));
        Assert.Equal(20, Marshal.OffsetOf<PngImage>(nameof(PngImage.Format)));
        Assert.Equal(36, Marshal.OffsetOf<PngImage>(nameof(PngImage.Message)));
    }

    [Fact]
    public void WebpFeatures_HasTheSizeOfC() => Assert.Equal(40, Marshal.SizeOf<WebpFeatures>());

    [Fact]
    public void Codecs_AreInstalled() => Assert.Null(ImageCodecs.Missing());
}
