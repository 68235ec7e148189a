namespace DeltaEdge.Streams.Synthetic;

/// <summary>From a drawing to a picture of a camera: the light, the sensor's colour cast, gain and noise.</summary>
internal sealed class SceneCamera
{
    private const int NoisePool = 1 << 18;
    private const double Dusk = 0.8; // below it the light is bluish

    private static readonly double[] NightTint = [0.9, 0.95, 1.15];

    private readonly double[] _gain;
    private readonly sbyte[] _noise;

    public SceneCamera(SceneRandom random)
    {
        var gain = random.Between(0.95, 1.05);
        _gain = [gain * random.Between(0.95, 1.05), gain * random.Between(0.95, 1.05), gain * random.Between(0.95, 1.05)];
        var deviation = random.Between(1, 5);
        _noise = new sbyte[NoisePool];
        for (var i = 0; i < NoisePool; i++)
        {
            // The sum of four is bell-shaped enough; each of deviation 1/√12.
            var sum = random.Between(-0.5, 0.5) + random.Between(-0.5, 0.5) + random.Between(-0.5, 0.5) + random.Between(-0.5, 0.5);
            _noise[i] = (sbyte)Math.Round(sum * Math.Sqrt(3) * deviation);
        }
    }

    /// <param name="pixels">The drawing in daylight, (n, 3); becomes the picture.</param>
    /// <param name="light">1 for noon.</param>
    /// <param name="frame">Its number: each has noise of its own.</param>
    public void Take(Span<byte> pixels, double light, long frame)
    {
        Span<byte> table = stackalloc byte[3 * 256];
        for (var i = 0; i < table.Length; i++)
        {
            var channel = i / 256;
            table[i] = (byte)Math.Clamp(i % 256 * light * (light < Dusk ? NightTint[channel] : 1) * _gain[channel], 0, 255);
        }

        var at = (int)(frame * 7919 % NoisePool);
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Clamp(table[(i % 3 * 256) + pixels[i]] + _noise[at], 0, 255);
            at = (at + 1) & (NoisePool - 1);
        }
    }
}
