using System.Runtime.InteropServices;
using DeltaEdge.Core.Models;

namespace DeltaEdge.Inference.Running;

/// <summary>The decoder's embedding table on the host: rows are copied into its input.</summary>
internal sealed class TokenEmbeddings
{
    private readonly float[] _table; // (vocabulary, hidden)
    private readonly int _hiddenSize;

    public TokenEmbeddings(CompiledModel model)
    {
        _hiddenSize = model.Language.HiddenSize;
        _table = new float[checked(model.Language.VocabularySize * _hiddenSize)];
        using var file = File.OpenRead(model.PathOf(model.TokenEmbeddingFile));
        file.ReadExactly(MemoryMarshal.AsBytes(_table.AsSpan()));
    }

    public void CopyRow(int token, Span<float> target) => _table.AsSpan(token * _hiddenSize, _hiddenSize).CopyTo(target);
}
