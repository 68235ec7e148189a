using DeltaEdge.Core.Models;
using DeltaEdge.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.Inference.Memory;

/// <summary>
/// Key and value cache of many sequences: per layer one block of keys and one of values, (rows, heads, capacity, head size), so
/// that neighbouring rows are one tensor to the decoder. Knows no requests; rows are numbers.
/// </summary>
internal sealed class KvArena
{
    private readonly float[][] _blocks; // keys and values of layer 0, of layer 1, …
    private readonly int _heads;
    private readonly int _headSize;
    private readonly int _rowLength;

    public KvArena(LanguageShape shape, int rows, int capacity)
    {
        (Rows, Capacity, _heads, _headSize) = (rows, capacity, shape.KeyValueHeads, shape.HeadSize);
        _rowLength = _heads * capacity * _headSize;
        _blocks = new float[2 * shape.Layers][];
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = Tensors.Pinned<float>(checked(rows * _rowLength));
        }
    }

    public int Rows { get; }

    /// <summary>Positions a row holds.</summary>
    public int Capacity { get; }

    public long Bytes => (long)_blocks.Length * Rows * _rowLength * sizeof(float);

    /// <summary>Blocks: keys of layer i at 2 i, values at 2 i + 1.</summary>
    public int Blocks => _blocks.Length;

    /// <summary>Rows first … first + count - 1 of one block as a tensor (count, heads, capacity, head size).</summary>
    public OrtValue View(int block, int first, int count) =>
        Tensors.View(_blocks[block], first * _rowLength, count, _heads, Capacity, _headSize);

    /// <summary>A block's values, (rows, heads, capacity, head size), for tests.</summary>
    internal Span<float> Block(int block) => _blocks[block];

    /// <summary>Copies the first <paramref name="length"/> positions of a row onto another row, of this arena or another of the same model.</summary>
    public static void Copy(KvArena source, int sourceRow, KvArena target, int targetRow, int length)
    {
        var values = length * source._headSize;
        for (var block = 0; block < source._blocks.Length; block++)
        {
            for (var head = 0; head < source._heads; head++)
            {
                var from = (sourceRow * source._rowLength) + (head * source.Capacity * source._headSize);
                var to = (targetRow * target._rowLength) + (head * target.Capacity * target._headSize);
                source._blocks[block].AsSpan(from, values).CopyTo(target._blocks[block].AsSpan(to, values));
            }
        }
    }
}
