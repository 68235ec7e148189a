using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.UnitTests.Imaging;

/// <summary>The slow and plain twin of <see cref="ModelInput"/>: builds the padded square and resizes it sample by sample.</summary>
internal static class ScalarBicubic
{
    public static RgbImage Fit(RgbImage image, int side)
    {
        var canvas = Math.Max(image.Width, image.Height);
        var (left, top) = ((canvas - image.Width) / 2, (canvas - image.Height) / 2);
        var square = new byte[canvas * canvas * 3];
        for (var i = 0; i < square.Length; i++)
        {
            square[i] = ModelInput.PadColour[i % 3];
        }

        for (var y = 0; y < image.Height; y++)
        {
            image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3).CopyTo(square.AsSpan((((top + y) * canvas) + left) * 3));
        }

        var weights = new BicubicWeights(canvas, side);
        var rows = new byte[canvas * side * 3];
        for (var y = 0; y < canvas; y++)
        {
            for (var x = 0; x < side * 3; x++)
            {
                rows[(y * side * 3) + x] = Sample(weights, x / 3, tap => square[(((y * canvas) + tap) * 3) + (x % 3)]);
            }
        }

        var result = new byte[side * side * 3];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side * 3; x++)
            {
                result[(y * side * 3) + x] = Sample(weights, y, tap => rows[(tap * side * 3) + x]);
            }
        }

        return new RgbImage(side, side, result);
    }

    private static byte Sample(BicubicWeights weights, int output, Func<int, byte> input)
    {
        var sum = 0.5;
        for (var tap = 0; tap < weights.Count[output]; tap++)
        {
            sum += weights.Values[(output * weights.Taps) + tap] * input(weights.First[output] + tap);
        }

        return (byte)Math.Clamp(Math.Floor(sum), 0, 255);
    }
}
