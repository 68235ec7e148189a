using System.Buffers.Binary;
using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;

namespace DeltaEdge.UnitTests.Imaging;

public sealed class ImageDecoderTests
{
    [Theory]
    [InlineData("rgb.png", "rgb.png", 0)]
    [InlineData("rgb16.png", "rgb.png", 0)]
    [InlineData("grey.png", "grey_expected.png", 0)]
    [InlineData("bilevel.png", "bilevel_expected.png", 0)]
    [InlineData("rgba.png", "rgba_expected.png", 0)]
    [InlineData("palette.png", "palette_expected.png", 0)]
    [InlineData("base.jpg", "base_expected.png", 1)]
    [InlineData("progressive.jpg", "base_expected.png", 1)]
    [InlineData("grey.jpg", "grey_jpg_expected.png", 1)]
    [InlineData("cmyk.jpg", "cmyk_expected.png", 2)]
    [InlineData("lossless.webp", "lossless_expected.png", 0)]
    [InlineData("lossy.webp", "lossy_expected.png", 1)]
    [InlineData("alpha.webp", "alpha_expected.png", 1)]
    public void EveryKindOfFile_GivesItsPixels(string file, string expected, int tolerance) =>
        Assert.InRange(ImageFixtures.MaxDifference(ImageFixtures.Decode(expected), ImageFixtures.Decode(file)), 0, tolerance);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void JpegStoredTurned_IsUpright(int orientation) =>
        Assert.InRange(ImageFixtures.MaxDifference(ImageFixtures.Decode("upright.png"), ImageFixtures.Decode($"orientation_{orientation}.jpg")), 0, 8);

    [Fact]
    public void NoBytes_SaysEmptyAndWhatIsAllowed() => AssertRefused([], 400, "0 bytes", "JPEG, PNG or WebP");

    [Fact]
    public void NotAnImage_ListsFormats() => AssertRefused("<html>no</html>"u8.ToArray(), 415, "not an image", "JPEG, PNG or WebP");

    [Fact]
    public void AnimatedWebp_IsRefused() => AssertRefused(ImageFixtures.Bytes("animated.webp"), 415, "Animated");

    [Theory]
    [InlineData("base.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("rgb.png")]
    [InlineData("rgba.png")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    public void FileCutShort_SaysTruncated(string file)
    {
        var whole = ImageFixtures.Bytes(file);
        foreach (var share in (double[])[0.3, 0.5, 0.7, 0.9])
        {
            AssertRefused(whole[..(int)(whole.Length * share)], 400, "truncated");
        }
    }

    [Fact]
    public void PngThatClaimsTooManyPixels_IsRefusedOnItsHeader()
    {
        var bomb = ImageFixtures.Bytes("rgb.png");
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 16_000);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 16_000);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc32(bomb.AsSpan(12, 17)));
        AssertRefusedWithoutAllocating(bomb, "16000x16000");
    }

    [Fact]
    public void JpegThatClaimsTooManyPixels_IsRefusedOnItsHeader()
    {
        var bomb = ImageFixtures.Bytes("base.jpg");
        var frame = bomb.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(bomb.AsSpan(frame + 5), 16_001);
        BinaryPrimitives.WriteUInt16BigEndian(bomb.AsSpan(frame + 7), 16_000);
        AssertRefusedWithoutAllocating(bomb, "16000x16001");
    }

    [Fact]
    public void WebpThatClaimsTooManyPixels_IsRefusedOnItsHeader()
    {
        // VP8L: 14 bits of width - 1, 14 of height - 1, after the signature byte.
        var bomb = ImageFixtures.Bytes("lossless.webp");
        BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(21), 15_999u | (15_999u << 14));
        AssertRefusedWithoutAllocating(bomb, "16000x16000");
    }

    [Fact]
    public void MoreBytesThanAllowed_IsRefused()
    {
        var error = ImageDecoder.Decode(new byte[100], new ImageLimits { MaxBytes = 99 }).Error!;
        Assert.Equal(413, error.Status);
        Assert.Contains("at most 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LargeJpegForASmallTarget_IsDecodedSmaller()
    {
        var whole = ImageFixtures.Decode("base.jpg");
        var half = ImageFixtures.Decode(ImageFixtures.Bytes("base.jpg"), targetSide: 24);
        Assert.Equal((whole.Width / 2, whole.Height / 2), (half.Width, half.Height));
    }

    private static void AssertRefused(byte[] data, int status, params string[] words)
    {
        var error = ImageDecoder.Decode(data, ImageLimits.Default).Error;
        Assert.NotNull(error);
        Assert.Equal(status, error.Status);
        Assert.Equal("image", error.Param);
        Assert.All(words, w => Assert.Contains(w, error.Message, StringComparison.Ordinal));
    }

    private static void AssertRefusedWithoutAllocating(byte[] bomb, string size)
    {
        AssertRefused(bomb, 413, size, "at most");
        var before = GC.GetAllocatedBytesForCurrentThread();
        ApiError? error = ImageDecoder.Decode(bomb, ImageLimits.Default).Error;
        Assert.NotNull(error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
