namespace DeltaEdge.Imaging.Decoding;

/// <summary>RGBA over white, in the encoded (not linear) values, as browsers blend.</summary>
internal static class AlphaBlend
{
    /// <param name="rgba">(n, 4), colours not multiplied by alpha.</param>
    /// <param name="rgb">(n, 3).</param>
    public static void OverWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        var pixels = rgb.Length / 3;
        for (var i = 0; i < pixels; i++)
        {
            var alpha = rgba[(4 * i) + 3];
            var white = 255 * (255 - alpha);
            for (var c = 0; c < 3; c++)
            {
                rgb[(3 * i) + c] = (byte)(((rgba[(4 * i) + c] * alpha) + white + 127) / 255);
            }
        }
    }
}
