namespace DeltaEdge.ModelCompiler.Numerics;

/// <summary>
/// The projector's fixed position table: 2-D sin-cos over the patch grid, resampled to a query grid by bicubic
/// interpolation as torch does it (a = -0.75, half-pixel centres, no antialias, edges clamped).
/// </summary>
internal static class PositionTable
{
    private const double CubicA = -0.75;

    /// <summary>(grid², width) in raster order: the first half of a row encodes the column, the second half the row; sines, then cosines.</summary>
    public static float[] SinCos(int width, int grid)
    {
        if (width % 4 != 0)
        {
            throw new ModelPackageException($"A 2-D sin-cos table needs a width divisible by 4, not {width}.");
        }

        var wave = new float[grid, width / 2];
        var quarter = width / 4;
        for (var position = 0; position < grid; position++)
        {
            for (var i = 0; i < quarter; i++)
            {
                var angle = position * Math.Pow(10000.0, -(double)i / quarter);
                wave[position, i] = (float)Math.Sin(angle);
                wave[position, quarter + i] = (float)Math.Cos(angle);
            }
        }

        var table = new float[grid * grid * width];
        for (var cell = 0; cell < grid * grid; cell++)
        {
            for (var i = 0; i < width / 2; i++)
            {
                table[(cell * width) + i] = wave[cell % grid, i];
                table[(cell * width) + (width / 2) + i] = wave[cell / grid, i];
            }
        }

        return table;
    }

    /// <summary>Resamples a (grid², width) table to (side², width).</summary>
    public static float[] Resample(float[] table, int width, int grid, int side)
    {
        if (side == grid)
        {
            return table;
        }

        var taps = new (int[] Cells, double[] Weights)[side];
        for (var i = 0; i < side; i++)
        {
            taps[i] = Taps(i, grid, side);
        }

        var resampled = new float[side * side * width];
        for (var query = 0; query < side * side; query++)
        {
            var (rows, rowWeights) = taps[query / side];
            var (columns, columnWeights) = taps[query % side];
            for (var channel = 0; channel < width; channel++)
            {
                var sum = 0.0;
                for (var r = 0; r < rows.Length; r++)
                {
                    for (var c = 0; c < columns.Length; c++)
                    {
                        sum += rowWeights[r] * columnWeights[c] * table[(((rows[r] * grid) + columns[c]) * width) + channel];
                    }
                }

                resampled[(query * width) + channel] = (float)sum;
            }
        }

        return resampled;
    }

    /// <summary>The four source cells that output cell <paramref name="index"/> reads along one axis, and their weights.</summary>
    public static (int[] Cells, double[] Weights) Taps(int index, int grid, int side)
    {
        var source = ((index + 0.5) * grid / side) - 0.5;
        var floor = (int)Math.Floor(source);
        var t = source - floor;
        var cells = new int[4];
        for (var i = 0; i < 4; i++)
        {
            cells[i] = Math.Clamp(floor - 1 + i, 0, grid - 1);
        }

        return (cells, [Outer(t + 1), Inner(t), Inner(1 - t), Outer(2 - t)]);
    }

    private static double Inner(double x) => ((((CubicA + 2) * x) - (CubicA + 3)) * x * x) + 1;

    private static double Outer(double x) => (((((CubicA * x) - (5 * CubicA)) * x) + (8 * CubicA)) * x) - (4 * CubicA);
}
