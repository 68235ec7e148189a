using System.Buffers.Binary;

namespace DeltaEdge.Imaging.Jpeg;

/// <summary>Finds EXIF's orientation (1 to 8; 1 is upright) in a JPEG. Anything odd in the metadata means 1.</summary>
internal static class ExifOrientation
{
    private const int Upright = 1;
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;

    public static int Read(ReadOnlySpan<byte> jpeg)
    {
        var at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF)
        {
            var marker = jpeg[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            // Start of scan: metadata is over.
            if (marker is 0xDA or 0xD9)
            {
                break;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (length < 2 || at + 2 + length > jpeg.Length)
            {
                break;
            }

            var body = jpeg.Slice(at + 4, length - 2);
            if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8))
            {
                return FromTiff(body[6..]);
            }

            at += 2 + length;
        }

        return Upright;
    }

    private static int FromTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return Upright;
        }

        var little = tiff.StartsWith("II"u8);
        if (!little && !tiff.StartsWith("MM"u8))
        {
            return Upright;
        }

        var directory = U32(tiff[4..], little);
        if (directory + 2L > tiff.Length)
        {
            return Upright;
        }

        var entries = U16(tiff[(int)directory..], little);
        for (var i = 0; i < entries; i++)
        {
            var entry = directory + 2L + (12L * i);
            if (entry + 12 > tiff.Length)
            {
                break;
            }

            var field = tiff.Slice((int)entry, 12);
            if (U16(field, little) == OrientationTag && U16(field[2..], little) == ShortType)
            {
                int value = U16(field[8..], little);
                return value is >= 1 and <= 8 ? value : Upright;
            }
        }

        return Upright;
    }

    private static ushort U16(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
