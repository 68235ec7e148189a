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
    private const int HeaderLength = 8;

    /// <summary>No message is longer: what claims to be is torn.</summary>
    private const int MaxLength = 16 << 20;

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

    /// <summary>Length of the record that begins here as its header announces it; -1 if the header is not whole or cannot be one.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength && BinaryPrimitives.ReadInt32LittleEndian(bytes) is >= FixedLength + 6 and <= MaxLength and var rest ? HeaderLength + rest : -1;

    /// <summary>Whether the bytes may begin a record that ends behind them.</summary>
    public static bool IsCutOff(ReadOnlySpan<byte> bytes) => bytes.Length < HeaderLength || LengthOf(bytes) > bytes.Length;

    /// <summary>Where the next record begins that is what was written, from a position on; the end of the bytes if none does.</summary>
    public static int FindNext(ReadOnlySpan<byte> bytes, int from)
    {
        while (from < bytes.Length && Read(bytes[from..]) is null)
        {
            from++;
        }

        return from;
    }

    /// <summary>The record that the bytes begin with; null if they are not what was written.</summary>
    public static OutboxMessage? Read(ReadOnlySpan<byte> bytes)
    {
        var end = LengthOf(bytes);
        if (end < 0 || end > bytes.Length)
        {
            return null;
        }

        var rest = bytes[HeaderLength..end];
        if (Checksum(rest) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]))
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
