using System.Text;
using DeltaEdge.Inference.Tokenization;

namespace DeltaEdge.UnitTests.Inference.Tokenization;

/// <summary>Files that this reader would tokenise wrongly are refused; both spellings of what it supports are read alike.</summary>
public sealed class TokenizerFileTests
{
    private const string Normalizer = """{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}""";
    private const string Metaspace = """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}""";

    [Theory]
    [InlineData(Normalizer, "null", """["▁ a"]""")]
    [InlineData("null", Metaspace, """["▁ a"]""")]
    [InlineData("null", Metaspace, """[["▁","a"]]""")]
    public void BothSpellings_AreRead(string normalizer, string preTokenizer, string merges)
    {
        var tokenizer = new BpeTokenizer(Parse(normalizer, preTokenizer, merges, "BPE"));
        Assert.Equal([3], tokenizer.Encode("a"));
        Assert.Equal([3, 3], tokenizer.Encode("a a"));
        Assert.Equal([3, 0], tokenizer.Encode("axyz")); // Unknowns side by side are one,
        Assert.Equal(0, tokenizer.FewestTokens(1_000_000)); // so that a text's length says nothing.
    }

    [Theory]
    [InlineData(Normalizer, "null", "[]", "WordPiece", "only BPE")]
    [InlineData("null", "null", "[]", "BPE", "nothing turns spaces")]
    [InlineData("""{"type":"NFKC"}""", "null", "[]", "BPE", "NFKC is not supported")]
    [InlineData(Normalizer, """{"type":"ByteLevel"}""", "[]", "BPE", "ByteLevel is not supported")]
    [InlineData(Normalizer, "null", """["a z"]""", "BPE", "vocabulary lacks")]
    [InlineData(Normalizer, "null", """["a"]""", "BPE", "not a pair")]
    public void WhatItCannotHonour_IsRefused(string normalizer, string preTokenizer, string merges, string type, string expected)
    {
        var error = Assert.Throws<TokenizerFormatException>(() => Parse(normalizer, preTokenizer, merges, type));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"b\": 2000000000", "the id of 'b' is 2000000000")]
    [InlineData("\"b\": -1", "the id of 'b' is -1")]
    [InlineData("\"b\": 4000000000", "cannot be read")]
    [InlineData("\"a\": 5", "cannot be read")]
    public void IdsThatNoVocabularyHas_AreRefused(string entry, string expected)
    {
        var error = Assert.Throws<TokenizerFormatException>(() => Parse(Normalizer, "null", "[]", "BPE", ", " + entry));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void NoTokenizerFile_IsRefused(string json) =>
        Assert.Throws<TokenizerFormatException>(() => TokenizerFile.Parse(Encoding.UTF8.GetBytes(json)));

    private static BpeVocabulary Parse(string normalizer, string preTokenizer, string merges, string type, string more = "") => TokenizerFile.Parse(Encoding.UTF8.GetBytes(
        $$"""
        {
          "added_tokens": [{"id": 0, "content": "<unk>", "special": true}],
          "normalizer": {{normalizer}}, "pre_tokenizer": {{preTokenizer}},
          "model": {"type": "{{type}}", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
                    "vocab": {"<unk>": 0, "▁": 1, "a": 2, "▁a": 3{{more}}}, "merges": {{merges}}}
        }
        """));
}
