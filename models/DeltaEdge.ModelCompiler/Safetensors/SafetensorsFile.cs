using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace DeltaEdge.ModelCompiler.Safetensors;

/// <summary>A memory-mapped safetensors file. Tensors are copied out as fp32; nothing of the mapping leaves this type.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    private const int ChunkBytes = 1 << 20;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly string _path;

    private SafetensorsFile(string path, MemoryMappedFile mapping, MemoryMappedViewAccessor view, Dictionary<string, TensorEntry> entries)
    {
        _path = path;
        _mapping = mapping;
        _view = view;
        Entries = entries;
    }

    public IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <exception cref="ModelPackageException">Missing, unreadable or malformed.</exception>
    public static SafetensorsFile Open(string path)
    {
        MemoryMappedFile? mapping = null;
        MemoryMappedViewAccessor? view = null;
        try
        {
            var fileLength = new FileInfo(path).Length;
            if (fileLength < SafetensorsHeader.PrefixLength)
            {
                // An empty file cannot be mapped.
                SafetensorsHeader.ReadLength([], fileLength, path);
            }

            mapping = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
            view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            var prefix = new byte[SafetensorsHeader.PrefixLength];
            view.ReadArray(0, prefix, 0, prefix.Length);
            var header = new byte[SafetensorsHeader.ReadLength(prefix, fileLength, path)];
            view.ReadArray(SafetensorsHeader.PrefixLength, header, 0, header.Length);
            return new SafetensorsFile(path, mapping, view, SafetensorsHeader.Parse(header, fileLength, path));
        }
        catch (Exception e)
        {
            view?.Dispose();
            mapping?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new ModelPackageException($"{path} cannot be read: {e.Message}", e);
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
            var read = _view.ReadArray(entry.Offset + done, chunk, 0, bytes.Length);
            if (read != bytes.Length)
            {
                throw new ModelPackageException($"{_path}: tensor '{name}' ends {bytes.Length - read} bytes early; was the file cut while open?");
            }

            Convert(bytes, values.AsSpan((int)(done / size)), entry.Element);
        }

        return values;
    }

    public void Dispose()
    {
        _view.Dispose();
        _mapping.Dispose();
    }

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
