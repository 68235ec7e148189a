using System.Text;

namespace DeltaEdge.Inference.Tokenization;

/// <summary>Byte-fallback BPE as LLaMA models use it. Safe for any number of threads.</summary>
internal sealed class BpeTokenizer(BpeVocabulary vocabulary)
{
    /// <summary>A workspace larger than this is not kept, so that one huge question does not hold memory for ever.</summary>
    private const int KeptSymbols = 16_384;

    private readonly string[] _texts = [.. vocabulary.Pieces.Select(p => p.Replace(TokenizerFile.WordMark, ' '))];
    private readonly int _longestPiece = vocabulary.LongestPiece;
    private BpeWorkspace? _spare = new();

    public int VocabularySize => vocabulary.Pieces.Length;

    /// <summary>The fewest tokens that a text of this many UTF-16 units can have.</summary>
    public int FewestTokens(int length) => length / _longestPiece;

    public static BpeTokenizer Load(string path) => new(TokenizerFile.Parse(File.ReadAllBytes(path)));

    /// <summary>
    /// Tokens of a text, the word mark in front, without special tokens: names of special tokens inside it stay plain text, so
    /// that a question cannot forge them.
    /// </summary>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return [];
        }

        var workspace = Interlocked.Exchange(ref _spare, null) ?? new BpeWorkspace();
        workspace.Clear();
        if (vocabulary.PrependMark)
        {
            AddScalar(workspace, new Rune(TokenizerFile.WordMark));
        }

        foreach (var rune in text.EnumerateRunes())
        {
            AddScalar(workspace, rune.Value == ' ' ? new Rune(TokenizerFile.WordMark) : rune);
        }

        workspace.Merge(vocabulary);
        var tokens = workspace.ToArray();
        if (workspace.Capacity <= KeptSymbols)
        {
            _spare = workspace;
        }

        return tokens;
    }

    /// <summary>Tokens of a trusted text: added tokens named in it become their ids, and each piece between them is encoded on its own.</summary>
    public int[] EncodeTrusted(string text)
    {
        var tokens = new List<int>();
        var start = 0;
        while (start < text.Length)
        {
            var (at, content, id) = FindAdded(text, start);
            tokens.AddRange(Encode(text.AsSpan(start, at - start)));
            if (content is null)
            {
                break;
            }

            tokens.Add(id);
            start = at + content.Length;
        }

        return [.. tokens];
    }

    public bool IsSpecial(int id) => vocabulary.Special.Contains(id);

    /// <summary>The byte that a fallback token stands for, or -1.</summary>
    public int ByteOf(int id) => vocabulary.BytesOfIds[id];

    /// <summary>What a token that is neither special nor a byte adds to the text; an added string, never a new one.</summary>
    public string TextOf(int id) => _texts[id];

    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder();
        var stream = new TokenTextStream(this);
        foreach (var token in tokens)
        {
            text.Append(stream.Next(token));
        }

        return text.Append(stream.Finish()).ToString();
    }

    private (int At, string? Content, int Id) FindAdded(string text, int start)
    {
        (int At, string? Content, int Id) best = (text.Length, null, -1);
        foreach (var (content, id) in vocabulary.Added)
        {
            var at = text.IndexOf(content, start, StringComparison.Ordinal);
            if (at >= 0 && (at < best.At || (at == best.At && content.Length > best.Content!.Length)))
            {
                best = (at, content, id);
            }
        }

        return best;
    }

    private void AddScalar(BpeWorkspace workspace, Rune rune)
    {
        if (vocabulary.Scalars.TryGetValue(rune.Value, out var id))
        {
            workspace.Add(id);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        var length = rune.EncodeToUtf8(bytes);
        var covered = true;
        for (var i = 0; i < length; i++)
        {
            covered &= vocabulary.ByteIds[bytes[i]] >= 0;
        }

        for (var i = 0; covered && i < length; i++)
        {
            workspace.Add(vocabulary.ByteIds[bytes[i]]);
        }

        if (!covered && vocabulary.UnknownId >= 0 && !(vocabulary.FuseUnknown && workspace.Last == vocabulary.UnknownId))
        {
            workspace.Add(vocabulary.UnknownId);
        }
    }
}
