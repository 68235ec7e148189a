using DeltaEdge.Inference.Preprocessing;

namespace DeltaEdge.UnitTests.Inference.Preprocessing;

public sealed class PixelNormalizerTests
{
    private static readonly float[] Mean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] Std = [0.26862954f, 0.26130258f, 0.27577711f];

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(336 * 336)]
    public void Vectors_EqualTheScalarLoop(int pixels)
    {
        var normalizer = new PixelNormalizer(Mean, Std);
        var rgb = new byte[3 * pixels];
        new Random(pixels).NextBytes(rgb);
        var (expected, actual) = (new float[rgb.Length], new float[rgb.Length]);
        normalizer.NormalizeScalars(rgb, expected, pixels, 0);
        normalizer.Normalize(rgb, actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Values_AreNormalisedPlanes()
    {
        byte[] rgb = [0, 51, 255, 102, 204, 0];
        var planes = new float[6];
        new PixelNormalizer(Mean, Std).Normalize(rgb, planes);
        for (var c = 0; c < 3; c++)
        {
            for (var p = 0; p < 2; p++)
            {
                Assert.Equal(((rgb[(3 * p) + c] / 255.0) - Mean[c]) / Std[c], planes[(2 * c) + p], 1e-5);
            }
        }
    }

    [Fact]
    public void Normalize_AllocatesNothing()
    {
        var normalizer = new PixelNormalizer(Mean, Std);
        var (rgb, planes) = (new byte[3 * 336 * 336], new float[3 * 336 * 336]);
        normalizer.Normalize(rgb, planes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        normalizer.Normalize(rgb, planes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
