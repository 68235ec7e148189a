using System.Collections.Immutable;

namespace DeltaEdge.Core.Models;

/// <summary>Sizes of the decoder that its caller allocates by, and the token ids that frame a sequence.</summary>
/// <param name="HiddenSize">Width of an embedding row and of a visual token.</param>
/// <param name="Layers">Decoder layers, each with one key and one value cache.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Heads of the cache.</param>
/// <param name="HeadSize">Width of one head.</param>
/// <param name="VocabularySize">Rows of the embedding table and columns of the logits.</param>
/// <param name="MaxSequenceLength">Positions the rotary table holds; a KV cache may be shorter, never longer.</param>
/// <param name="BosTokenId">First token of every sequence.</param>
/// <param name="EosTokenIds">Any of these ends an answer.</param>
public sealed record LanguageShape(
    int HiddenSize,
    int Layers,
    int Heads,
    int KeyValueHeads,
    int HeadSize,
    int VocabularySize,
    int MaxSequenceLength,
    int BosTokenId,
    ImmutableArray<int> EosTokenIds)
{
    /// <summary>Bytes of fp32 key and value cache per token of one sequence, all layers.</summary>
    public int CacheBytesPerToken => 2 * Layers * KeyValueHeads * HeadSize * sizeof(float);
}
