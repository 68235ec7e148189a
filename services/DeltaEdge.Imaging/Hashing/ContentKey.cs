using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DeltaEdge.Imaging.Hashing;

/// <summary>
/// Identity of an image by its file's bytes, for caches that callers share: known before a pixel is. SHA-256 cut to 128 bits rather
/// than a fast checksum: whoever could make two images collide would be answered about another caller's picture.
/// </summary>
public static class ContentKey
{
    public static UInt128 Of(ReadOnlySpan<byte> file)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(file, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
