using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DeltaEdge.ModelCompiler.Safetensors;

/// <summary>
/// An open safetensors file; tensors are copied out as fp32. Read, not mapped: a file that is cut while it is mapped ends the process.
/// </summary>
internal sealed class SafetensorsFile : IDisposable
{
    private const int ChunkBytes = 1 << 20;
    private readonly SafeFileHandle _file;
    private readonly string _path;

    private SafetensorsFile(string path, SafeFileHandle file)
    {
        (_path, _file) = (path, file);
        var fileLength = RandomAccess.GetLength(file);
        var prefix = new byte[(int)Math.Min(fileLength, SafetensorsHeader.PrefixLength)];
        Fill(prefix, 0, "the header");
        var header = new byte[SafetensorsHeader.ReadLength(prefix, fileLength, path)];
        Fill(header, SafetensorsHeader.PrefixLength, "the header");
        Entries = SafetensorsHeader.Parse(header, fileLength, path);
    }

    public IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <exception cref="ModelPackageException">Missing, unreadable or malformed.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path);
            return new SafetensorsFile(path, file);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw Unreadable(path, e);
            }

            throw;
        }
    }

    /// <summary>The tensor's elements in row-major order, converted to fp32.</summary>
    public float[] Read(string name)
    {
        var entry = Entries[name];
        var size = entry.Element switch
        {
            StoredElement.F32 => sizeof(float),
            StoredElement.F16 or StoredElement.BF16 => sizeof(ushort),
            _ => throw new ModelPackageException($"{_path}: tensor '{name}' has type {entry.ElementName}; F32, F16 and BF16 can be read."),
        };
        var values = new float[entry.Length / size];
        var chunk = new byte[Math.Min(ChunkBytes, entry.Length)];
        for (var done = 0L; done < entry.Length; done += chunk.Length)
        {
            var bytes = chunk.AsSpan(0, (int)Math.Min(chunk.Length, entry.Length - done));
            Fill(bytes, entry.Offset + done, $"tensor '{name}'");
            Convert(bytes, values.AsSpan((int)(done / size)), entry.Element);
        }

        return values;
    }

    public void Dispose() => _file.Dispose();

    private void Fill(Span<byte> bytes, long offset, string what)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var read = RandomAccess.Read(_file, bytes, offset);
                if (read == 0)
                {
                    throw new ModelPackageException($"{_path}: {what} ends {bytes.Length} bytes early; was the file cut while open?");
                }

                bytes = bytes[read..];
                offset += read;
            }
        }
        catch (IOException e)
        {
            throw Unreadable(_path, e);
        }
    }

    private static ModelPackageException Unreadable(string path, Exception e) => new($"{path} cannot be read: {e.Message}", e);

    private static void Convert(ReadOnlySpan<byte> bytes, Span<float> target, StoredElement element)
    {
        switch (element)
        {
            case StoredElement.F32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(target);
                break;
            case StoredElement.F16:
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                for (var i = 0; i < halves.Length; i++)
                {
                    target[i] = (float)halves[i];
                }

                break;
            default:
                // bfloat16 is the upper half of an fp32.
                var upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < upper.Length; i++)
                {
                    target[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                }

                break;
        }
    }
}
