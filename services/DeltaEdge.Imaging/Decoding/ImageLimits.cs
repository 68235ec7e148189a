namespace DeltaEdge.Imaging.Decoding;

/// <summary>How large an image may be. Checked on the header, before any pixel is allocated.</summary>
public sealed record ImageLimits
{
    public static ImageLimits Default { get; } = new();

    /// <summary>Largest width, pixels. Default 16384.</summary>
    public int MaxWidth { get; init; } = 16_384;

    /// <summary>Largest height, pixels. Default 16384.</summary>
    public int MaxHeight { get; init; } = 16_384;

    /// <summary>Largest width × height. Default 33,554,432 (8192×4096): at most 128 MiB while a PNG with alpha is decoded.</summary>
    public long MaxPixels { get; init; } = 33_554_432;

    /// <summary>Largest encoded size, bytes. Default 20 MiB.</summary>
    public int MaxBytes { get; init; } = 20 * 1024 * 1024;
}
