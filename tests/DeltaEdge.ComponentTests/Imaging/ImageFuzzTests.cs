using DeltaEdge.ComponentTests.Inference;
using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.ComponentTests.Imaging;

/// <summary>Hostile bytes through the native codecs: an image or a clear error, in bounded memory, and the process lives.</summary>
[Collection(nameof(Alone))] // It bounds the memory of the whole process.
public sealed class ImageFuzzTests
{
    private const int InputsPerSeed = 1200;

    // Small, so that a mutated header that passes the limits cannot make a round slow.
    private static readonly ImageLimits Limits = new() { MaxWidth = 512, MaxHeight = 512, MaxPixels = 512 * 256, MaxBytes = 1 << 20 };

    [Fact]
    public void TwentyThousandHostileInputs_GiveOnlyImagesOrClearErrors()
    {
        var seeds = Directory.GetFiles(Repository.PathOf("tests", "fixtures", "imaging"), "*.*").Where(f => Path.GetExtension(f) is ".png" or ".jpg" or ".webp")
            .Order(StringComparer.Ordinal).Where(f => !f.Contains("expected", StringComparison.Ordinal) && !f.Contains("resize", StringComparison.Ordinal))
            .Select(File.ReadAllBytes).ToArray();
        Assert.True(seeds.Length * InputsPerSeed >= 20_000);
        var random = new Random(20_251_218);
        var (images, errors) = (0, 0);
        var residentBefore = Environment.WorkingSet;
        foreach (var seed in seeds)
        {
            for (var i = 0; i < InputsPerSeed; i++)
            {
                var result = ImageDecoder.Decode(Mutate(seed, seeds, random), Limits, i % 2 == 0 ? 24 : 0);
                CheckOutcome(result);
                _ = result.Error is null ? images++ : errors++;
            }
        }

        Assert.True(images > 100 && errors > 5000, $"{images} images and {errors} errors: the mutations miss one side.");
        Assert.InRange(Environment.WorkingSet - residentBefore, long.MinValue, 300L << 20);
    }

    private static void CheckOutcome(Result<RgbImage> result)
    {
        if (result.TryGet(out var image, out var error))
        {
            Assert.Equal(image.Width * image.Height * 3, image.Pixels.Length);
            Assert.True(image.Width <= Limits.MaxWidth && image.Height <= Limits.MaxHeight);
            return;
        }

        Assert.True(error.Status is 400 or 413 or 415, $"Status {error.Status}: {error.Message}");
        Assert.Equal("image", error.Param);
        Assert.InRange(error.Message.Length, 10, 300);
    }

    private static byte[] Mutate(byte[] seed, byte[][] seeds, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                return seed[..random.Next(seed.Length)];
            case 1:
                var noise = new byte[random.Next(1, 400)];
                random.NextBytes(noise);
                seed.AsSpan(0, Math.Min(12, noise.Length)).CopyTo(noise);
                return noise;
            case 2:
                // Another file's tail.
                var other = seeds[random.Next(seeds.Length)];
                return [.. seed.AsSpan(0, random.Next(seed.Length)), .. other.AsSpan(random.Next(other.Length))];
            case 3:
                // Headers: where sizes and types are.
                return Flip(seed, Math.Min(seed.Length, 64), random.Next(1, 4), random);
            case 4:
                return Flip(seed, seed.Length, random.Next(1, 3), random);
            default:
                return Flip(seed, seed.Length, random.Next(3, 60), random);
        }
    }

    private static byte[] Flip(byte[] seed, int within, int times, Random random)
    {
        var copy = seed.ToArray();
        for (var i = 0; i < times; i++)
        {
            copy[random.Next(within)] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
        }

        return copy;
    }
}
