using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DeltaEdge.Inference.Tokenization;

/// <summary>
/// Reads Hugging Face's <c>tokenizer.json</c> of the LLaMA kind: byte-fallback BPE over whole texts, the word mark U+2581 for
/// spaces. Whatever else such a file may ask for is refused rather than ignored.
/// </summary>
internal static class TokenizerFile
{
    public const char WordMark = '\u2581';

    /// <summary>Far more than any vocabulary has; tables are as long as the highest id says.</summary>
    private const int MostIds = 1 << 20;

    /// <exception cref="TokenizerFormatException">Not such a file.</exception>
    public static BpeVocabulary Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new TokenizerFormatException($"tokenizer.json cannot be read: {e.Message}", e);
        }
    }

    private static BpeVocabulary Read(JsonElement root)
    {
        var model = root.GetProperty("model");
        var type = model.TryGetProperty("type", out var t) ? t.GetString() : "BPE";
        Require(type == "BPE", $"model.type is {type}; only BPE is read.");
        Require(IsEmpty(model, "continuing_subword_prefix") && IsEmpty(model, "end_of_word_suffix"), "subword prefixes and suffixes are not supported.");
        Require(!Flag(model, "ignore_merges"), "model.ignore_merges is not supported.");

        var ids = model.GetProperty("vocab").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32(), StringComparer.Ordinal);
        var (added, special) = ReadAdded(root);
        if (ids.Concat(added).FirstOrDefault(p => p.Value is < 0 or >= MostIds) is { Key: { } stray, Value: var strayId })
        {
            throw new TokenizerFormatException($"tokenizer.json: the id of '{stray}' is {strayId}; allowed: 0 to {MostIds - 1}.");
        }

        var size = Math.Max(ids.Values.DefaultIfEmpty(-1).Max(), added.Values.DefaultIfEmpty(-1).Max()) + 1;
        var pieces = new string[size];
        Array.Fill(pieces, "");
        foreach (var (piece, id) in ids.Concat(added))
        {
            pieces[id] = piece;
        }

        var byteFallback = Flag(model, "byte_fallback");
        var byteIds = new int[256];
        var bytesOfIds = new short[size];
        Array.Fill(bytesOfIds, (short)-1);
        for (var b = 0; b < 256; b++)
        {
            var found = ids.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>"), out var id);
            byteIds[b] = byteFallback && found ? id : -1;
            if (byteFallback && found)
            {
                bytesOfIds[id] = (short)b;
            }
        }

        return new BpeVocabulary
        {
            Pieces = pieces,
            Scalars = ids.Where(p => IsScalar(p.Key)).ToFrozenDictionary(p => Rune.GetRuneAt(p.Key, 0).Value, p => p.Value),
            Merges = ReadMerges(model, ids).ToFrozenDictionary(),
            ByteIds = byteIds,
            BytesOfIds = bytesOfIds,
            Added = added.ToFrozenDictionary(StringComparer.Ordinal),
            Special = special.ToFrozenSet(),
            UnknownId = model.TryGetProperty("unk_token", out var unk) && unk.GetString() is { } name && ids.TryGetValue(name, out var unknown) ? unknown : -1,
            FuseUnknown = Flag(model, "fuse_unk"),
            PrependMark = ReadPrepend(root),
        };
    }

    private static (Dictionary<string, int> Added, HashSet<int> Special) ReadAdded(JsonElement root)
    {
        var added = new Dictionary<string, int>(StringComparer.Ordinal);
        var special = new HashSet<int>();
        if (root.TryGetProperty("added_tokens", out var tokens))
        {
            foreach (var token in tokens.EnumerateArray())
            {
                var id = token.GetProperty("id").GetInt32();
                added[token.GetProperty("content").GetString()!] = id;
                if (Flag(token, "special"))
                {
                    special.Add(id);
                }
            }
        }

        return (added, special);
    }

    private static Dictionary<long, (int Rank, int Merged)> ReadMerges(JsonElement model, Dictionary<string, int> ids)
    {
        var merges = new Dictionary<long, (int, int)>();
        var rank = 0;
        foreach (var merge in model.GetProperty("merges").EnumerateArray())
        {
            string left, right;
            if (merge.ValueKind == JsonValueKind.Array)
            {
                (left, right) = (merge[0].GetString()!, merge[1].GetString()!);
            }
            else
            {
                var text = merge.GetString()!;
                var space = text.IndexOf(' ', 1);
                Require(space > 0 && space < text.Length - 1, $"merge {rank} is not a pair.");
                (left, right) = (text[..space], text[(space + 1)..]);
            }

            Require(
                ids.TryGetValue(left, out var leftId) & ids.TryGetValue(right, out var rightId) & ids.TryGetValue(left + right, out var merged),
                $"merge {rank} names a piece that the vocabulary lacks.");
            merges.TryAdd(BpeVocabulary.PairKey(leftId, rightId), (rank++, merged));
        }

        return merges;
    }

    /// <summary>The word mark comes from a normalizer (older files) or from a Metaspace pre-tokenizer (newer ones); nothing else may be there.</summary>
    private static bool ReadPrepend(JsonElement root)
    {
        var prepend = false;
        var replaces = false;
        foreach (var step in Steps(root, "normalizer", "normalizers"))
        {
            var type = step.GetProperty("type").GetString();
            switch (type)
            {
                case "Prepend":
                    Require(step.GetProperty("prepend").GetString() == WordMark.ToString(), "the normalizer prepends something other than the word mark.");
                    prepend = true;
                    break;
                case "Replace":
                    var from = step.GetProperty("pattern").GetProperty("String").GetString();
                    Require(from == " " && step.GetProperty("content").GetString() == WordMark.ToString(), "the normalizer replaces something other than spaces.");
                    replaces = true;
                    break;
                default:
                    throw new TokenizerFormatException($"tokenizer.json: normalizer {type} is not supported.");
            }
        }

        foreach (var step in Steps(root, "pre_tokenizer", "pretokenizers"))
        {
            var type = step.GetProperty("type").GetString();
            Require(type == "Metaspace" && !Flag(step, "split"), $"pre-tokenizer {type} is not supported, or it splits.");
            Require(step.GetProperty("replacement").GetString() == WordMark.ToString(), "Metaspace uses another mark than U+2581.");
            prepend |= !step.TryGetProperty("prepend_scheme", out var scheme) || scheme.GetString() != "never";
            replaces = true;
        }

        Require(replaces, "nothing turns spaces into the word mark.");
        return prepend;
    }

    private static List<JsonElement> Steps(JsonElement root, string name, string listName)
    {
        if (!root.TryGetProperty(name, out var step) || step.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return step.GetProperty("type").GetString() == "Sequence" ? [.. step.GetProperty(listName).EnumerateArray()] : [step];
    }

    private static bool IsScalar(string piece) => piece.Length is 1 or 2 && Rune.TryGetRuneAt(piece, 0, out var rune) && rune.Utf16SequenceLength == piece.Length;

    private static bool IsEmpty(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null || value.GetString() is "";

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new TokenizerFormatException($"tokenizer.json: {what}");
        }
    }
}
