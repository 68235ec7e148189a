using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace DeltaEdge.Delivery.Outbox;

/// <summary>
/// A message as bytes of a segment: length of the rest after the checksum (4), CRC-32C of that rest (4), sequence (8), time in Unix
/// milliseconds (8), then type, stream and dedupe key (each 2 bytes of length and UTF-8), then the body. Little endian.
/// </summary>
internal static class OutboxRecord
{
    public const int HeaderLength = 8;

    /// <summary>No message is longer: what claims to be is torn.</summary>
    public const int MaxLength = 16 << 20;

    private const int FixedLength = 16;

    public static byte[] Write(OutboxMessage message)
    {
        byte[][] texts = [Encoding.UTF8.GetBytes(message.Type), Encoding.UTF8.GetBytes(message.StreamId), Encoding.UTF8.GetBytes(message.DedupeKey)];
        var record = new byte[HeaderLength + FixedLength + texts.Sum(t => 2 + t.Length) + message.Body.Length];
        var rest = record.AsSpan(HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(rest, message.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(rest[8..], message.CreatedAt.ToUnixTimeMilliseconds());
        var at = FixedLength;
        foreach (var text in texts)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest[at..], (ushort)text.Length);
            text.CopyTo(rest[(at + 2)..]);
            at += 2 + text.Length;
        }

        message.Body.CopyTo(rest[at..]);
        BinaryPrimitives.WriteInt32LittleEndian(record, rest.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), Checksum(rest));
        return record;
    }

    /// <summary>Length of the rest that a header announces; -1 if it cannot be one.</summary>
    public static int RestLength(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadInt32LittleEndian(header) is >= FixedLength + 6 and <= MaxLength and var length ? length : -1;

    /// <summary>Null if the bytes are not what was written.</summary>
    public static OutboxMessage? Read(ReadOnlySpan<byte> header, ReadOnlySpan<byte> rest)
    {
        if (Checksum(rest) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
        {
            return null;
        }

        var texts = new string[3];
        var at = FixedLength;
        for (var i = 0; i < texts.Length; i++)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[at..]);
            texts[i] = Encoding.UTF8.GetString(rest.Slice(at + 2, length));
            at += 2 + length;
        }

        return new OutboxMessage(
            BinaryPrimitives.ReadInt64LittleEndian(rest),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(rest[8..])),
            texts[0], texts[1], texts[2], rest[at..].ToArray());
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
