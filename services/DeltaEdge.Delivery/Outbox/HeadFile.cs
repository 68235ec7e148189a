using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace DeltaEdge.Delivery.Outbox;

/// <summary>The sequence up to which a lane's messages are gone, twice over, so that half a write is not taken for a number.</summary>
internal sealed class HeadFile : IDisposable
{
    private readonly string _path;
    private SafeFileHandle? _handle;

    public HeadFile(string folder)
    {
        _path = Path.Combine(folder, "head");
        try
        {
            if (File.Exists(_path) && File.ReadAllBytes(_path) is { Length: 16 } bytes
                && BinaryPrimitives.ReadInt64LittleEndian(bytes) is var value && value == ~BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)))
            {
                Value = value;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As if there were none.
        }
    }

    public long Value { get; private set; }

    public void Set(long value)
    {
        Value = value;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], ~value);
        try
        {
            _handle ??= File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(_handle, bytes, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Delivered messages come again after a restart; their keys tell.
        }
    }

    public void Dispose() => _handle?.Dispose();
}
