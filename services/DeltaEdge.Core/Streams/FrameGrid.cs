namespace DeltaEdge.Core.Streams;

/// <summary>A frame's luma on a grid of <see cref="Side"/>² blocks: coarse enough to be blind to noise, fine enough to see an object.</summary>
public sealed class FrameGrid
{
    /// <summary>Blocks a side: that of the vision encoder's patches, so a block is what one patch sees.</summary>
    public const int Side = 24;

    /// <summary>
    /// How much more than the mean any one block may differ. A block averages noise less well than the frame does, and a small
    /// object changes one block by far more than this.
    /// </summary>
    private const double BlockFactor = 4;

    private readonly float[] _luma; // (Side, Side), 0 to 1; 0 for a block without a pixel
    private readonly int _blocks;

    private FrameGrid(float[] luma, int blocks) => (_luma, _blocks) = (luma, blocks);

    /// <param name="pixels">RGB, (height, width, 3).</param>
    /// <param name="width">At least 1.</param>
    /// <param name="height">At least 1.</param>
    public static FrameGrid Of(ReadOnlySpan<byte> pixels, int width, int height)
    {
        Span<long> sums = stackalloc long[Side * Side];
        Span<int> counts = stackalloc int[Side * Side];
        sums.Clear();
        counts.Clear();
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * width * 3, width * 3);
            var first = y * Side / height * Side;
            for (var x = 0; x < width; x++)
            {
                // BT.601 weights in 256ths.
                var block = first + (x * Side / width);
                sums[block] += (77 * row[x * 3]) + (150 * row[(x * 3) + 1]) + (29 * row[(x * 3) + 2]);
                counts[block]++;
            }
        }

        var luma = new float[Side * Side];
        var blocks = 0; // A picture smaller than the grid leaves some empty.
        for (var i = 0; i < luma.Length; i++)
        {
            if (counts[i] > 0)
            {
                luma[i] = (float)(sums[i] / (256.0 * 255 * counts[i]));
                blocks++;
            }
        }

        return new FrameGrid(luma, blocks);
    }

    /// <summary>
    /// True if the scene is as it was: luma differs by at most the threshold on average over the blocks, and by at most four times the
    /// threshold in any one. The mean sees light and camera change, the maximum sees something small move.
    /// </summary>
    /// <param name="before">The frame that was answered; not the one before this, so that slow change adds up.</param>
    /// <param name="threshold">As a share of full scale.</param>
    public bool IsUnchanged(FrameGrid before, double threshold)
    {
        var (sum, most) = (0d, 0d);
        for (var i = 0; i < _luma.Length; i++)
        {
            var difference = Math.Abs(_luma[i] - before._luma[i]);
            sum += difference;
            most = Math.Max(most, difference);
        }

        return sum <= threshold * _blocks && most <= BlockFactor * threshold;
    }
}
