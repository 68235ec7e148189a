using System.Collections.Frozen;

namespace DeltaEdge.Inference.Tokenization;

/// <summary>What a tokenizer file holds, in the form that encoding and decoding look things up.</summary>
internal sealed class BpeVocabulary
{
    /// <summary>By token id: its piece as the file spells it ("" for ids the file leaves out).</summary>
    public required string[] Pieces { get; init; }

    /// <summary>Id of each piece that is one Unicode scalar.</summary>
    public required FrozenDictionary<int, int> Scalars { get; init; }

    /// <summary>By <see cref="PairKey"/>: rank of the merge and the token it makes.</summary>
    public required FrozenDictionary<long, (int Rank, int Merged)> Merges { get; init; }

    /// <summary>By byte: the id of its fallback token, or -1.</summary>
    public required int[] ByteIds { get; init; }

    /// <summary>By token id: the byte it stands for, or -1.</summary>
    public required short[] BytesOfIds { get; init; }

    /// <summary>Added tokens by content, for text that may name them.</summary>
    public required FrozenDictionary<string, int> Added { get; init; }

    /// <summary>Ids that never become text.</summary>
    public required FrozenSet<int> Special { get; init; }

    /// <summary>Id for what nothing else covers, or -1.</summary>
    public required int UnknownId { get; init; }

    /// <summary>Whether neighbouring unknowns become one token.</summary>
    public required bool FuseUnknown { get; init; }

    /// <summary>Whether a text gets a word mark in front.</summary>
    public required bool PrependMark { get; init; }

    /// <summary>
    /// Most UTF-16 units of a text that one token can stand for. No limit where bytes are not all covered: what nothing covers may
    /// become one token with its neighbours, or none.
    /// </summary>
    public int LongestPiece => ByteIds.Contains(-1) ? int.MaxValue : Pieces.Max(p => p.Length);

    public static long PairKey(int left, int right) => ((long)left << 32) | (uint)right;
}
