using DeltaEdge.Imaging.Jpeg;

namespace DeltaEdge.UnitTests.Imaging;

public sealed class JpegEncoderTests
{
    [Fact]
    public void EncodedImage_DecodesToNearlyTheSame()
    {
        var image = ImageFixtures.Decode("upright.png");
        var again = ImageFixtures.Decode(JpegEncoder.Encode(image, 95));
        Assert.Equal((image.Width, image.Height), (again.Width, again.Height));
        Assert.InRange(Math.Abs(image.Pixels[0] - again.Pixels[0]), 0, 12);
    }

    [Fact]
    public void LowerQuality_IsSmaller()
    {
        var image = ImageFixtures.Decode("resize_square.png");
        Assert.True(JpegEncoder.Encode(image, 40).Length < JpegEncoder.Encode(image, 90).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void QualityOutOfRange_Throws(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JpegEncoder.Encode(ImageFixtures.Decode("upright.png"), quality));
}
