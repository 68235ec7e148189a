using System.Buffers.Binary;
using System.Security.Cryptography;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.Imaging.Hashing;

/// <summary>
/// Identity of an image by its pixels, for caches that callers share. SHA-256 cut to 128 bits rather than a fast checksum: whoever
/// could make two images collide would be answered about another caller's picture.
/// </summary>
public static class ContentKey
{
    public static UInt128 Of(RgbImage image)
    {
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], image.Height);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(size);
        hash.AppendData(image.Pixels);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
