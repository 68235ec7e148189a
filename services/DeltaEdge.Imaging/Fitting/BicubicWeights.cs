namespace DeltaEdge.Imaging.Fitting;

/// <summary>
/// Which input samples make up each output sample, and with what weights: the cubic kernel with a = -0.5, widened by the reduction
/// so that it antialiases, cut at the edges and normalised, as Pillow resamples.
/// </summary>
internal sealed class BicubicWeights
{
    private const double Support = 2;
    private const double A = -0.5;

    // Pillow's weights are fixed-point numbers of this many steps; a float holds them exactly.
    private const double Precision = 1 << 22;

    public BicubicWeights(int inputSize, int outputSize)
    {
        var scale = (double)inputSize / outputSize;
        var stretch = Math.Max(1, scale);
        var support = Support * stretch;
        Taps = ((int)Math.Ceiling(support) * 2) + 1;
        First = new int[outputSize];
        Count = new int[outputSize];
        Values = new float[outputSize * Taps];
        Span<double> row = new double[Taps];
        for (var output = 0; output < outputSize; output++)
        {
            var centre = (output + 0.5) * scale;
            var first = Math.Max(0, (int)(centre - support + 0.5));
            var count = Math.Min(inputSize, (int)(centre + support + 0.5)) - first;
            var sum = 0.0;
            for (var tap = 0; tap < count; tap++)
            {
                row[tap] = Kernel((tap + first - centre + 0.5) / stretch);
                sum += row[tap];
            }

            for (var tap = 0; tap < count; tap++)
            {
                Values[(output * Taps) + tap] = (float)(Math.Round(row[tap] / sum * Precision, MidpointRounding.AwayFromZero) / Precision);
            }

            (First[output], Count[output]) = (first, count);
        }
    }

    /// <summary>Most input samples that any output sample takes.</summary>
    public int Taps { get; }

    /// <summary>(outputs): the first input sample of each.</summary>
    public int[] First { get; }

    /// <summary>(outputs): how many input samples each takes.</summary>
    public int[] Count { get; }

    /// <summary>(outputs, taps), zero past each one's count.</summary>
    public float[] Values { get; }

    private static double Kernel(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? (((((A + 2) * x) - (A + 3)) * x * x) + 1)
            : x < 2 ? (((((x - 5) * x) + 8) * x) - 4) * A
            : 0;
    }
}
