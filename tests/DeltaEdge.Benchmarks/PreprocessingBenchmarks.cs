using BenchmarkDotNet.Attributes;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Imaging.Jpeg;
using DeltaEdge.Inference.Preprocessing;

namespace DeltaEdge.Benchmarks;

/// <summary>A 1080p JPEG to the model's input: decode, fit, normalise. The baseline is decoding alone.</summary>
[MemoryDiagnoser]
public class PreprocessingBenchmarks
{
    private const int Side = 336;

    private readonly ImageLimits _limits = new();
    private readonly PixelNormalizer _normalizer = new([0.48145466f, 0.4578275f, 0.40821073f], [0.26862954f, 0.26130258f, 0.27577711f]);
    private readonly float[] _planes = new float[3 * Side * Side];
    private byte[] _jpeg = [];
    private RgbImage _fitted = null!;

    [GlobalSetup]
    public void Setup()
    {
        _jpeg = JpegEncoder.Encode(Scene(1920, 1080), 90);
        _fitted = ModelInput.Fit(Decode(), Side);
    }

    [Benchmark(Baseline = true)]
    public RgbImage Decode() => ImageDecoder.Decode(_jpeg, _limits, Side).TryGet(out var image, out _) ? image : throw new InvalidOperationException();

    [Benchmark]
    public RgbImage DecodeAndFit() => ModelInput.Fit(Decode(), Side);

    [Benchmark]
    public void Normalize() => _normalizer.Normalize(_fitted.Pixels, _planes);

    /// <summary>Smooth areas, edges and a little noise, so that it compresses as a camera's picture does.</summary>
    private static RgbImage Scene(int width, int height)
    {
        var random = new Random(1);
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var block = ((x / 97) + (y / 61)) % 5 * 40;
                for (var c = 0; c < 3; c++)
                {
                    pixels[(((y * width) + x) * 3) + c] = (byte)Math.Clamp(block + ((x + (c * y)) / 24 % 60) + random.Next(9), 0, 255);
                }
            }
        }

        return new RgbImage(width, height, pixels);
    }
}
