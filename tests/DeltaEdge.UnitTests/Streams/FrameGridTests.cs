using DeltaEdge.Core.Streams;

namespace DeltaEdge.UnitTests.Streams;

public sealed class FrameGridTests
{
    private const int Side = 336;
    private const double Threshold = GateSpec.DefaultThreshold;

    [Fact]
    public void SamePicture_IsUnchanged() => Assert.True(Grid(Flat(90)).IsUnchanged(Grid(Flat(90)), 0));

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, false)]
    public void LightOverTheWholePicture_CountsByItsMean(int levels, bool unchanged) =>
        Assert.Equal(unchanged, Grid(Flat((byte)(90 + levels))).IsUnchanged(Grid(Flat(90)), Threshold));

    [Theory]
    [InlineData(8, true)]
    [InlineData(16, false)]
    public void SmallObject_CountsByItsBlock(int levels, bool unchanged)
    {
        var pixels = Flat(90);
        Fill(pixels, 140, 140, 14, 14, (byte)(90 + levels)); // One block of 576.

        Assert.Equal(unchanged, Grid(pixels).IsUnchanged(Grid(Flat(90)), Threshold));
    }

    [Fact]
    public void NoiseOfASensor_IsNoChange()
    {
        var random = new Random(3);
        byte[] Noisy() => [.. Flat(90).Select(p => (byte)(p + random.Next(-8, 9)))];

        Assert.True(Grid(Noisy()).IsUnchanged(Grid(Noisy()), Threshold));
    }

    [Fact]
    public void PictureSmallerThanTheGrid_StillCompares()
    {
        var (dark, light) = (FrameGrid.Of(new byte[14 * 14 * 3], 14, 14), FrameGrid.Of([.. Enumerable.Repeat((byte)200, 14 * 14 * 3)], 14, 14));

        Assert.True(dark.IsUnchanged(dark, 0));
        Assert.False(light.IsUnchanged(dark, Threshold));
    }

    private static FrameGrid Grid(byte[] pixels) => FrameGrid.Of(pixels, Side, Side);

    private static byte[] Flat(byte level)
    {
        var pixels = new byte[Side * Side * 3];
        Array.Fill(pixels, level);
        return pixels;
    }

    private static void Fill(byte[] pixels, int left, int top, int width, int height, byte level)
    {
        for (var y = top; y < top + height; y++)
        {
            pixels.AsSpan(((y * Side) + left) * 3, width * 3).Fill(level);
        }
    }
}
