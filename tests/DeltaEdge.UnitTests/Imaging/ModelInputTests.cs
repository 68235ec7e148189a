using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.UnitTests.Imaging;

public sealed class ModelInputTests
{
    [Theory]
    [InlineData("wide", 48)]
    [InlineData("tall", 48)]
    [InlineData("small", 48)]
    [InlineData("line", 32)]
    [InlineData("column", 24)]
    [InlineData("square", 84)]
    public void AnyShape_IsWithinOneLevelOfPillow(string name, int side)
    {
        var actual = ModelInput.Fit(ImageFixtures.Decode($"resize_{name}.png"), side);
        Assert.InRange(ImageFixtures.MaxDifference(ImageFixtures.Decode($"resize_{name}_{side}.png"), actual), 0, 1);
    }

    [Theory]
    [InlineData(640, 360, 336)]
    [InlineData(333, 777, 336)]
    [InlineData(100, 100, 336)]
    [InlineData(1, 1, 336)]
    [InlineData(1500, 2, 336)]
    [InlineData(7, 5, 3)]
    [InlineData(5, 9, 1)]
    public void AnyShape_IsWithinOneLevelOfTheScalarTwin(int width, int height, int side)
    {
        var image = new RgbImage(width, height, new byte[width * height * 3]);
        new Random(width * height).NextBytes(image.Pixels);
        Assert.InRange(ImageFixtures.MaxDifference(ScalarBicubic.Fit(image, side), ModelInput.Fit(image, side)), 0, 1);
    }

    [Fact]
    public void RightSizeAlready_PassesUntouched()
    {
        var image = new RgbImage(8, 8, new byte[8 * 8 * 3]);
        Assert.Same(image, ModelInput.Fit(image, 8));
    }

    [Fact]
    public void WideImage_IsPaddedAboveAndBelowWithTheMeanColour()
    {
        var white = new RgbImage(64, 16, Enumerable.Repeat((byte)255, 64 * 16 * 3).ToArray());
        var fitted = ModelInput.Fit(white, 32);
        Assert.Equal(ModelInput.PadColour.ToArray(), fitted.Pixels[..3]);
        Assert.Equal(ModelInput.PadColour.ToArray(), fitted.Pixels[^3..]);
        Assert.Equal(255, fitted.Pixels[16 * 32 * 3]);
    }

    [Fact]
    public void Fit_AllocatesLittleMoreThanItsResult()
    {
        var image = new RgbImage(640, 360, new byte[640 * 360 * 3]);
        var result = 336L * 336 * 3;
        ModelInput.Fit(image, 336);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ModelInput.Fit(image, 336);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, result, result + 64_000);
    }
}
