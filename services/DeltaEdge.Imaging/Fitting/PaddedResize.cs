using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.Imaging.Fitting;

/// <summary>
/// Pad to square and resize in one: the square is never built. Rows first, then columns, each rounded to 8 bits as Pillow does;
/// between the two the rounded values stay floats, so that nothing is packed and unpacked.
/// </summary>
internal readonly struct PaddedResize
{
    // Rows resized together, so that each weight is loaded once for four of them.
    private const int RowsAtOnce = 4;

    // A vector holds two RGB taps and two lanes that carry weight 0.
    private const int TapsPerVector = 2;

    private readonly RgbImage _image;
    private readonly int _side;
    private readonly int _canvas;
    private readonly int _left;
    private readonly int _top;
    private readonly int _outputStride; // floats a row between the passes, one vector of slack included
    private readonly BicubicWeights _weights;

    public PaddedResize(RgbImage image, int side)
    {
        (_image, _side) = (image, side);
        _canvas = Math.Max(image.Width, image.Height);
        _left = (_canvas - image.Width) / 2;
        _top = (_canvas - image.Height) / 2;
        _outputStride = (side * 3) + Vector256<float>.Count;
        _weights = new BicubicWeights(_canvas, side);
    }

    /// <param name="target">(side, side, 3).</param>
    public void Into(Span<byte> target)
    {
        var rows = (_image.Height + RowsAtOnce - 1) / RowsAtOnce * RowsAtOnce;
        var between = ArrayPool<float>.Shared.Rent(rows * _outputStride);
        try
        {
            ResizeRows(between);
            ResizeColumns(between, target);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(between);
        }
    }

    // between: (rows, outputStride); the pad colour's rows above and below the image stay implied.
    private void ResizeRows(Span<float> between)
    {
        var stride = (_canvas * 3) + Vector256<float>.Count + 3;
        var vectors = (_weights.Taps + TapsPerVector - 1) / TapsPerVector;
        var lanes = ArrayPool<float>.Shared.Rent(_side * vectors * Vector256<float>.Count);
        var group = ArrayPool<float>.Shared.Rent(RowsAtOnce * stride);
        try
        {
            FillLanes(lanes, vectors);
            FillWithPad(group.AsSpan(0, RowsAtOnce * stride), stride);
            for (var y = 0; y < _image.Height; y += RowsAtOnce)
            {
                for (var r = 0; r < RowsAtOnce; r++)
                {
                    // Past the last row the group repeats it; those results are not read.
                    var source = Math.Min(y + r, _image.Height - 1);
                    Widen(_image.Pixels.AsSpan(source * _image.Width * 3, _image.Width * 3), group.AsSpan((r * stride) + (_left * 3)));
                }

                ResizeGroup(group, stride, lanes, vectors, between.Slice(y * _outputStride, RowsAtOnce * _outputStride));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(group);
            ArrayPool<float>.Shared.Return(lanes);
        }
    }

    private void ResizeGroup(ReadOnlySpan<float> group, int stride, ReadOnlySpan<float> lanes, int vectors, Span<float> output)
    {
        Debug.Assert(group.Length >= RowsAtOnce * stride && output.Length >= RowsAtOnce * _outputStride);
        ref var input = ref MemoryMarshal.GetReference(group);
        ref var weight = ref MemoryMarshal.GetReference(lanes);
        ref var result = ref MemoryMarshal.GetReference(output);
        for (var x = 0; x < _side; x++)
        {
            var (acc0, acc1, acc2, acc3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            var at = (nuint)(_weights.First[x] * 3);
            var lane = (nuint)(x * vectors * Vector256<float>.Count);
            var used = (_weights.Count[x] + TapsPerVector - 1) / TapsPerVector;
            for (var v = 0; v < used; v++)
            {
                var w = Vector256.LoadUnsafe(ref weight, lane);
                acc0 = Vector256.MultiplyAddEstimate(w, Vector256.LoadUnsafe(ref input, at), acc0);
                acc1 = Vector256.MultiplyAddEstimate(w, Vector256.LoadUnsafe(ref input, at + (nuint)stride), acc1);
                acc2 = Vector256.MultiplyAddEstimate(w, Vector256.LoadUnsafe(ref input, at + (nuint)(2 * stride)), acc2);
                acc3 = Vector256.MultiplyAddEstimate(w, Vector256.LoadUnsafe(ref input, at + (nuint)(3 * stride)), acc3);
                at += 3 * TapsPerVector;
                lane += (nuint)Vector256<float>.Count;
            }

            // Each store spills one lane into the next pixel, which is stored after it; the stride has room for the last one's.
            var to = (nuint)(x * 3);
            Fold(acc0).StoreUnsafe(ref result, to);
            Fold(acc1).StoreUnsafe(ref result, to + (nuint)_outputStride);
            Fold(acc2).StoreUnsafe(ref result, to + (nuint)(2 * _outputStride));
            Fold(acc3).StoreUnsafe(ref result, to + (nuint)(3 * _outputStride));
        }
    }

    private void ResizeColumns(ReadOnlySpan<float> between, Span<byte> target)
    {
        var width = _side * 3;
        var pad = new float[_outputStride];
        FillWithPad(pad, _outputStride);
        var sums = new float[_outputStride];
        for (var y = 0; y < _side; y++)
        {
            var weights = _weights.Values.AsSpan(y * _weights.Taps, _weights.Count[y]);
            var first = _weights.First[y] - _top;
            var from = Math.Clamp(-first, 0, weights.Length);
            var to = Math.Clamp(_image.Height - first, from, weights.Length);
            var padWeight = 0f;
            foreach (var w in weights[..from])
            {
                padWeight += w;
            }

            foreach (var w in weights[to..])
            {
                padWeight += w;
            }

            var taps = to > from ? between[((first + from) * _outputStride)..] : [];
            SumRows(pad, padWeight, taps, weights[from..to], sums);
            Pack(sums.AsSpan(0, width), target.Slice(y * width, width));
        }
    }

    private void SumRows(ReadOnlySpan<float> pad, float padWeight, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, Span<float> sums)
    {
        Debug.Assert(weights.IsEmpty || rows.Length >= ((weights.Length - 1) * _outputStride) + (_side * 3));
        ref var row = ref MemoryMarshal.GetReference(rows);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var step = Vector256<float>.Count;
        for (var x = 0; x < _side * 3; x += step)
        {
            var acc = Vector256.Create(padWeight) * Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(pad), (nuint)x);
            var at = (nuint)x;
            foreach (var w in weights)
            {
                acc = Vector256.MultiplyAddEstimate(Vector256.Create(w), Vector256.LoadUnsafe(ref row, at), acc);
                at += (nuint)_outputStride;
            }

            acc.StoreUnsafe(ref sum, (nuint)x);
        }
    }

    // lanes: (outputs, vectors, 8) as [w0 w0 w0 w1 w1 w1 0 0].
    private void FillLanes(Span<float> lanes, int vectors)
    {
        for (var output = 0; output < _side; output++)
        {
            for (var v = 0; v < vectors; v++)
            {
                var lane = lanes.Slice(((output * vectors) + v) * Vector256<float>.Count, Vector256<float>.Count);
                var tap = v * TapsPerVector;
                var row = _weights.Values.AsSpan(output * _weights.Taps, _weights.Taps);
                lane[..3].Fill(row[tap]);
                lane[3..6].Fill(tap + 1 < row.Length ? row[tap + 1] : 0);
                lane[6..].Clear();
            }
        }
    }

    private static void FillWithPad(Span<float> rows, int stride)
    {
        var colour = ModelInput.PadColour;
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = colour[i % stride % 3];
        }
    }

    private static void Widen(ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        Debug.Assert(floats.Length >= bytes.Length);
        ref var from = ref MemoryMarshal.GetReference(bytes);
        ref var to = ref MemoryMarshal.GetReference(floats);
        var i = 0;
        for (; i <= bytes.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.WidenLower(Vector128.LoadUnsafe(ref from, (nuint)i).ToVector256Unsafe()));
            Vector256.ConvertToSingle(low.AsInt32()).StoreUnsafe(ref to, (nuint)i);
            Vector256.ConvertToSingle(high.AsInt32()).StoreUnsafe(ref to, (nuint)(i + Vector256<float>.Count));
        }

        for (; i < bytes.Length; i++)
        {
            floats[i] = bytes[i];
        }
    }

    private static void Pack(ReadOnlySpan<float> sums, Span<byte> bytes)
    {
        ref var from = ref MemoryMarshal.GetReference(sums);
        ref var to = ref MemoryMarshal.GetReference(bytes);
        var i = 0;
        for (; i <= bytes.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var low = Vector256.Narrow(Integers(ref from, i), Integers(ref from, i + 8));
            var high = Vector256.Narrow(Integers(ref from, i + 16), Integers(ref from, i + 24));
            Vector256.Narrow(low.AsUInt16(), high.AsUInt16()).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Math.Clamp(MathF.Floor(sums[i] + 0.5f), 0, 255);
        }
    }

    private static Vector256<int> Integers(ref float from, int at) =>
        Vector256.ConvertToInt32(RoundTo8Bits(Vector256.LoadUnsafe(ref from, (nuint)at)));

    // Two taps' RGB side by side to one, rounded: (r0 g0 b0 r1 g1 b1 - -) to (r g b -).
    private static Vector128<float> Fold(Vector256<float> pair)
    {
        var second = Vector256.Shuffle(pair, Vector256.Create(3, 4, 5, 6, 7, 7, 7, 7)).GetLower();
        var sum = pair.GetLower() + second + Vector128.Create(0.5f);
        return Vector128.Min(Vector128.Max(Vector128.Floor(sum), Vector128<float>.Zero), Vector128.Create(255f));
    }

    private static Vector256<float> RoundTo8Bits(Vector256<float> sum) =>
        Vector256.Min(Vector256.Max(Vector256.Floor(sum + Vector256.Create(0.5f)), Vector256<float>.Zero), Vector256.Create(255f));
}
