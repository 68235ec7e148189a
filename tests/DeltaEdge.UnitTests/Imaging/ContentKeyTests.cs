using DeltaEdge.Imaging.Hashing;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.UnitTests.Imaging;

public sealed class ContentKeyTests
{
    [Fact]
    public void SamePixels_SameKey() => Assert.Equal(ContentKey.Of(Image(4, 2, 7)), ContentKey.Of(Image(4, 2, 7)));

    [Fact]
    public void OnePixelOff_AnotherKey()
    {
        var other = Image(4, 2, 7);
        other.Pixels[^1]++;
        Assert.NotEqual(ContentKey.Of(Image(4, 2, 7)), ContentKey.Of(other));
    }

    [Fact]
    public void SameBytesOfAnotherShape_AnotherKey() => Assert.NotEqual(ContentKey.Of(Image(4, 2, 7)), ContentKey.Of(Image(2, 4, 7)));

    private static RgbImage Image(int width, int height, byte value)
    {
        var pixels = new byte[width * height * 3];
        pixels.AsSpan().Fill(value);
        return new RgbImage(width, height, pixels);
    }
}
