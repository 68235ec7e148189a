using System.Runtime.InteropServices;
using System.Text.Json;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Outputs of the PyTorch reference, as models/training/golden.py names them.</summary>
internal sealed class GoldenFile(string path) : IDisposable
{
    private readonly SafetensorsFile _file = SafetensorsFile.Open(path);

    public float[] Floats(string name) => _file.Read(name);

    public int[] Shape(string name) => [.. _file.Entries[name].Shape];

    public bool Contains(string name) => _file.Entries.ContainsKey(name);

    /// <summary>An entry of the header's __metadata__.</summary>
    public string Metadata(string key)
    {
        using var stream = File.OpenRead(path);
        var prefix = new byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        var header = new byte[BitConverter.ToUInt64(prefix)];
        stream.ReadExactly(header);
        using var document = JsonDocument.Parse(header);
        return document.RootElement.GetProperty("__metadata__").GetProperty(key).GetString()!;
    }

    /// <summary>An int32 tensor, which the compiler itself never reads.</summary>
    public int[] Wholes(string name)
    {
        var entry = _file.Entries[name];
        Assert.Equal("I32", entry.ElementName);
        var bytes = new byte[entry.Length];
        using var stream = File.OpenRead(path);
        stream.Seek(entry.Offset, SeekOrigin.Begin);
        stream.ReadExactly(bytes);
        return MemoryMarshal.Cast<byte, int>(bytes).ToArray();
    }

    public void Dispose() => _file.Dispose();
}
