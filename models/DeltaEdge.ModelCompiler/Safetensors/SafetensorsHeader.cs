using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace DeltaEdge.ModelCompiler.Safetensors;

/// <summary>
/// Reads and checks the header of a safetensors file: eight bytes of little-endian length, then a JSON object of
/// name to type, shape and data offsets counted from the end of the header.
/// </summary>
internal static class SafetensorsHeader
{
    public const int PrefixLength = sizeof(ulong);

    /// <summary>Limit of the format's reference implementation; a longer header is a damaged length.</summary>
    public const int MaxHeaderLength = 100_000_000;

    /// <param name="start">At least the first eight bytes of the file.</param>
    /// <param name="fileLength">Length of the whole file.</param>
    /// <param name="file">Name for error texts.</param>
    /// <returns>Length of the JSON that follows the prefix.</returns>
    public static int ReadLength(ReadOnlySpan<byte> start, long fileLength, string file)
    {
        if (start.Length < PrefixLength || fileLength < PrefixLength)
        {
            throw new ModelPackageException($"{file}: {fileLength} bytes is too short for a safetensors file.");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > MaxHeaderLength || (long)length > fileLength - PrefixLength)
        {
            throw new ModelPackageException(
                $"{file}: the header claims {length} bytes; the file has {fileLength} and a header at most {MaxHeaderLength}.");
        }

        return (int)length;
    }

    public static Dictionary<string, TensorEntry> Parse(ReadOnlyMemory<byte> json, long fileLength, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return ReadEntries(document.RootElement, dataStart: PrefixLength + json.Length, fileLength, file);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with a lone surrogate, found only when it is read.
            throw new ModelPackageException($"{file}: the safetensors header is not valid JSON: {e.Message}", e);
        }
    }

    private static Dictionary<string, TensorEntry> ReadEntries(JsonElement root, long dataStart, long fileLength, string file)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ModelPackageException($"{file}: the safetensors header is {root.ValueKind}, expected an object.");
        }

        var entries = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            var name = property.Name;
            if (name == "__metadata__")
            {
                continue;
            }

            if (!entries.TryAdd(name, ReadEntry(property.Value, dataStart, fileLength, $"{file}: tensor '{name}'")))
            {
                throw new ModelPackageException($"{file}: tensor '{name}' stands twice in the header.");
            }
        }

        return entries;
    }

    private static TensorEntry ReadEntry(JsonElement entry, long dataStart, long fileLength, string what)
    {
        if (entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !entry.TryGetProperty("shape", out var shapeElement) || shapeElement.ValueKind != JsonValueKind.Array
            || !entry.TryGetProperty("data_offsets", out var offsets) || offsets.ValueKind != JsonValueKind.Array
            || offsets.GetArrayLength() != 2)
        {
            throw new ModelPackageException($"{what} needs 'dtype', 'shape' and two 'data_offsets'.");
        }

        var shape = ReadShape(shapeElement, what);
        if (!offsets[0].TryReadInt64(out var begin) || !offsets[1].TryReadInt64(out var end)
            || begin < 0 || end < begin || end > fileLength - dataStart)
        {
            throw new ModelPackageException(
                $"{what} lies at {offsets[0].GetRawText()}..{offsets[1].GetRawText()}, outside the {fileLength - dataStart} bytes of data.");
        }

        var (element, elementName) = ReadElement(dtype);
        var entryLength = end - begin;
        if (SizeOf(element) is { } size && ElementCount(shape) * size != entryLength)
        {
            throw new ModelPackageException(
                $"{what} of type {elementName} and shape [{string.Join(", ", shape)}] cannot take {entryLength} bytes.");
        }

        return new TensorEntry(element, elementName, shape, dataStart + begin, entryLength);
    }

    private static ImmutableArray<int> ReadShape(JsonElement element, string what)
    {
        var shape = ImmutableArray.CreateBuilder<int>(element.GetArrayLength());
        var count = 1L;
        foreach (var item in element.EnumerateArray())
        {
            if (!item.TryReadInt64(out var dimension) || dimension is < 0 or > int.MaxValue)
            {
                throw new ModelPackageException($"{what} has the dimension {item.GetRawText()}.");
            }

            count *= dimension;
            if (count > Array.MaxLength)
            {
                throw new ModelPackageException($"{what} has more than {Array.MaxLength} elements.");
            }

            shape.Add((int)dimension);
        }

        return shape.MoveToImmutable();
    }

    private static (StoredElement Element, string Name) ReadElement(JsonElement dtype)
    {
        var name = dtype.GetString()!;
        var element = name switch
        {
            "F32" => StoredElement.F32,
            "F16" => StoredElement.F16,
            "BF16" => StoredElement.BF16,
            _ => StoredElement.Other,
        };
        return (element, name);
    }

    private static int? SizeOf(StoredElement element) => element switch
    {
        StoredElement.F32 => sizeof(float),
        StoredElement.F16 or StoredElement.BF16 => sizeof(ushort),
        _ => null,
    };

    private static long ElementCount(ImmutableArray<int> shape)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            count *= dimension;
        }

        return count;
    }

    private static bool TryReadInt64(this JsonElement element, out long value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out value);
    }
}
