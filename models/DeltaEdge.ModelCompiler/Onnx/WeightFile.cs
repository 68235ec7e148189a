using DeltaEdge.ModelCompiler.Onnx.Format;

namespace DeltaEdge.ModelCompiler.Onnx;

/// <summary>
/// External weights of one or more graphs. Tensors are written as they come, so that only one is in memory at a time,
/// and equal ones are kept once: the query graphs of all budgets share theirs.
/// </summary>
internal sealed class WeightFile(Stream stream, string name) : IDisposable
{
    private const int Alignment = 64; // a cache line; ONNX Runtime maps the file and reads in place
    private readonly Dictionary<string, (long Offset, long Length)> _byHash = new(StringComparer.Ordinal);

    public static WeightFile Create(string directory, string name) =>
        new(new FileStream(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20), name);

    /// <summary>Stores the bytes, or finds those of the same hash, and points the tensor at them.</summary>
    public void Store(TensorProto tensor, ReadOnlySpan<byte> bytes, string hash)
    {
        if (!_byHash.TryGetValue(hash, out var place))
        {
            stream.Write(stackalloc byte[(int)(-stream.Position & (Alignment - 1))]);
            place = (stream.Position, bytes.Length);
            stream.Write(bytes);
            _byHash.Add(hash, place);
        }

        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = name });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{place.Offset}" });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{place.Length}" });
    }

    public void Dispose() => stream.Dispose();
}
