using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeltaEdge.Inference.Preprocessing;

/// <summary>
/// RGB bytes (height, width, 3) to normalised planes (3, height, width): (x / 255 - mean) / std, as one multiply and add per value.
/// </summary>
internal sealed class PixelNormalizer
{
    private const int Lanes = 16; // pixels per step: three loads of 16 bytes

    private readonly float[] _scale = new float[3];
    private readonly float[] _bias = new float[3];

    public PixelNormalizer(ReadOnlySpan<float> mean, ReadOnlySpan<float> std)
    {
        for (var c = 0; c < 3; c++)
        {
            _scale[c] = 1f / (255f * std[c]);
            _bias[c] = -mean[c] / std[c];
        }
    }

    public void Normalize(ReadOnlySpan<byte> rgb, Span<float> planes)
    {
        var pixels = rgb.Length / 3;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length % 3, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(planes.Length, rgb.Length);
        var done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            done = pixels - (pixels % Lanes);
            NormalizeVectors(rgb, planes, pixels, done);
        }

        NormalizeScalars(rgb, planes, pixels, done);
    }

    /// <summary>The plain loop from pixel <paramref name="start"/> on: the tail of a row, and what tests hold the vectors against.</summary>
    internal void NormalizeScalars(ReadOnlySpan<byte> rgb, Span<float> planes, int pixels, int start)
    {
        for (var c = 0; c < 3; c++)
        {
            var (scale, bias) = (_scale[c], _bias[c]);
            for (var i = start; i < pixels; i++)
            {
                planes[(c * pixels) + i] = MathF.FusedMultiplyAdd(rgb[(3 * i) + c], scale, bias);
            }
        }
    }

    private void NormalizeVectors(ReadOnlySpan<byte> rgb, Span<float> planes, int pixels, int end)
    {
        ref var source = ref MemoryMarshal.GetReference(rgb);
        ref var target = ref MemoryMarshal.GetReference(planes);
        for (var i = 0; i < end; i += Lanes)
        {
            var a = Vector128.LoadUnsafe(ref source, (nuint)(3 * i));
            var b = Vector128.LoadUnsafe(ref source, (nuint)((3 * i) + 16));
            var c = Vector128.LoadUnsafe(ref source, (nuint)((3 * i) + 32));

            // Byte 3p + channel of the 48 goes to lane p; an index outside 0..15 gives 0, so the three parts can be or-ed.
            var red = Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13));
            var green = Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14));
            var blue = Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15));

            Store(red, ref Unsafe.Add(ref target, i), 0);
            Store(green, ref Unsafe.Add(ref target, pixels + i), 1);
            Store(blue, ref Unsafe.Add(ref target, (2 * pixels) + i), 2);
        }
    }

    private void Store(Vector128<byte> values, ref float target, int channel)
    {
        var scale = Vector128.Create(_scale[channel]);
        var bias = Vector128.Create(_bias[channel]);
        var (low, high) = Vector128.Widen(values);
        var (v0, v1) = Vector128.Widen(low);
        var (v2, v3) = Vector128.Widen(high);
        Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(v0.AsInt32()), scale, bias).StoreUnsafe(ref target);
        Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(v1.AsInt32()), scale, bias).StoreUnsafe(ref target, 4);
        Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(v2.AsInt32()), scale, bias).StoreUnsafe(ref target, 8);
        Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(v3.AsInt32()), scale, bias).StoreUnsafe(ref target, 12);
    }
}
