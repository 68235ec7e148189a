namespace DeltaEdge.Imaging.Decoding;

internal enum ImageFormat
{
    Unknown = 0,
    Jpeg = 1,
    Png = 2,
    Webp = 3,
}
