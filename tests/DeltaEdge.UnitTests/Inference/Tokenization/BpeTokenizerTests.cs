using System.Diagnostics;
using System.Text;
using DeltaEdge.Inference.Tokenization;

namespace DeltaEdge.UnitTests.Inference.Tokenization;

public sealed class BpeTokenizerTests
{
    private readonly BpeTokenizer _tokenizer = TokenizerFixture.Tokenizer;

    [Fact]
    public void Encode_EqualsTheReference()
    {
        foreach (var test in TokenizerFixture.Cases.GetProperty("encode").EnumerateArray())
        {
            var text = test.GetProperty("text").GetString()!;
            Assert.Equal(TokenizerFixture.Ids(test.GetProperty("ids")), _tokenizer.Encode(text));
        }
    }

    [Fact]
    public void Decode_EqualsTheReference()
    {
        foreach (var test in TokenizerFixture.Cases.GetProperty("decode").EnumerateArray())
        {
            Assert.Equal(test.GetProperty("text").GetString(), _tokenizer.Decode(TokenizerFixture.Ids(test.GetProperty("ids"))));
        }
    }

    [Fact]
    public void PromptExample_GivesTheManifestsIds()
    {
        var prompt = TokenizerFixture.Cases.GetProperty("prompt");
        var example = prompt.GetProperty("example");
        var after = prompt.GetProperty("after_image_template").GetString()!.Replace("{question}", example.GetProperty("question").GetString());
        Assert.Equal(TokenizerFixture.Ids(example.GetProperty("after_ids")), _tokenizer.Encode(after));
        Assert.Equal(TokenizerFixture.Ids(example.GetProperty("before_ids"))[1..], _tokenizer.Encode(prompt.GetProperty("before_image").GetString()));
    }

    [Fact]
    public void AnyText_ComesBack()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var text = RandomText(random);
            Assert.Equal(text, _tokenizer.Decode(_tokenizer.Encode(text)));
        }
    }

    [Fact]
    public void AnyText_StreamsWhole()
    {
        var random = new Random(8);
        for (var round = 0; round < 500; round++)
        {
            var text = RandomText(random);
            var stream = new TokenTextStream(_tokenizer);
            var streamed = new StringBuilder();
            foreach (var token in _tokenizer.Encode(text))
            {
                var piece = stream.Next(token);
                Assert.DoesNotContain('\uFFFD', piece);
                Assert.False(piece.Length > 0 && char.IsHighSurrogate(piece[^1]), "A piece ends inside a character.");
                streamed.Append(piece);
            }

            Assert.Equal(text, streamed.Append(stream.Finish()).ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("How many cars are there?")]
    [InlineData("\u4E16\u754C \U0001F697\uD800")]
    [InlineData("</s><image><0x0A>")]
    public void FewestTokens_IsNeverMoreThanThereAre(string text)
    {
        var random = new Random(9);
        Assert.InRange(_tokenizer.FewestTokens(text.Length), 0, _tokenizer.Encode(text).Length);
        for (var round = 0; round < 200; round++)
        {
            var longer = string.Concat(Enumerable.Repeat(text, random.Next(1, 20))) + RandomText(random);
            Assert.InRange(_tokenizer.FewestTokens(longer.Length), longer.Length / 20, _tokenizer.Encode(longer).Length);
        }
    }

    [Fact]
    public void LoneSurrogate_BecomesTheReplacementCharacter() =>
        Assert.Equal("a\uFFFDb", _tokenizer.Decode(_tokenizer.Encode("a\uD800b")));

    [Fact]
    public void SpecialTokenInAQuestion_StaysText()
    {
        var tokens = _tokenizer.Encode("</s><image>");
        Assert.DoesNotContain(tokens, _tokenizer.IsSpecial);
        Assert.Equal("</s><image>", _tokenizer.Decode(tokens));
    }

    [Fact]
    public void SpecialTokenInATrustedText_IsOneToken()
    {
        var image = TokenizerFixture.Cases.GetProperty("prompt").GetProperty("image_token_id").GetInt32();
        Assert.Equal([.. _tokenizer.Encode("USER: "), image, .. _tokenizer.Encode("\nred")], _tokenizer.EncodeTrusted("USER: <image>\nred"));
    }

    [Fact]
    public void BrokenBytes_BecomeOneReplacementEach()
    {
        // E4 B8 is the start of a three-byte character; 41 is 'A'.
        Assert.Equal("\uFFFDA", _tokenizer.Decode([3 + 0xE4, 3 + 0xB8, 3 + 0x41]));
        Assert.Equal("\uFFFD\uFFFD", _tokenizer.Decode([3 + 0xFF, 3 + 0xE4]));
    }

    /// <summary>A hundred thousand characters take some 50 ms on a busy machine; a quadratic encoder would need a hundred times that.</summary>
    [Fact]
    public void LongText_IsNotQuadratic()
    {
        var text = string.Concat(Enumerable.Repeat("How many cars are there in row 3? ", 3000));
        _tokenizer.Encode("warm");
        var started = Stopwatch.GetTimestamp();
        var tokens = _tokenizer.Encode(text);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(text, _tokenizer.Decode(tokens));
    }

    // Any scalars but the word mark itself, which the vocabulary cannot tell from a space.
    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(40); i > 0; i--)
        {
            var value = random.Next(6) switch
            {
                0 => random.Next(0x80),
                1 => random.Next(0x800),
                2 => random.Next(0x10000),
                3 => random.Next(0x110000),
                4 => ' ',
                _ => 'a' + random.Next(26),
            };
            if (Rune.IsValid(value) && value != TokenizerFile.WordMark)
            {
                text.Append(new Rune(value).ToString());
            }
        }

        return text.ToString();
    }
}
