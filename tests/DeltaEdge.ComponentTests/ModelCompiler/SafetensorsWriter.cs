using System.Text.Json;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Writes safetensors files for tests.</summary>
internal static class SafetensorsWriter
{
    public static void Write(string path, IEnumerable<(string Name, int[] Shape, float[] Values)> tensors) =>
        Write(path, "F32", tensors.Select(t => (t.Name, t.Shape, ToBytes(t.Values))));

    public static void Write(string path, string type, IEnumerable<(string Name, int[] Shape, byte[] Bytes)> tensors)
    {
        var header = new Dictionary<string, object>();
        var body = new MemoryStream();
        foreach (var (name, shape, bytes) in tensors)
        {
            header[name] = new Dictionary<string, object> { ["dtype"] = type, ["shape"] = shape, ["data_offsets"] = new[] { body.Position, body.Position + bytes.Length } };
            body.Write(bytes);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        using var file = File.Create(path);
        file.Write(BitConverter.GetBytes((ulong)json.Length));
        file.Write(json);
        body.Position = 0;
        body.CopyTo(file);
    }

    private static byte[] ToBytes(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
