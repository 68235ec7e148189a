using DeltaEdge.Core.Access;

namespace DeltaEdge.UnitTests.Core.Access;

public sealed class ApiKeyTextTests
{
    [Fact]
    public void NewKey_IsReadBackAndMatchesItsHashOnly()
    {
        var (id, text) = ApiKeyText.Create();
        var (_, other) = ApiKeyText.Create();

        Assert.True(ApiKeyText.TryReadId(text, out var read));
        Assert.Equal(id, read);
        Assert.True(ApiKeyText.Matches(text, ApiKeyText.Hash(text)));
        Assert.False(ApiKeyText.Matches(other, ApiKeyText.Hash(text)));
        Assert.DoesNotContain(text, ApiKeyText.Hash(text), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Keys_DifferInIdAndSecret()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => ApiKeyText.Create()).ToList();

        Assert.Equal(100, keys.Select(k => k.Id).Distinct().Count());
        Assert.Equal(100, keys.Select(k => k.Text[^43..]).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("de_")]
    [InlineData("de_0123456789ab")]
    [InlineData("de_0123456789ab_")]
    [InlineData("sk_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("DE_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("de_0123456789AB_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("de_0123456789a__AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("de_0123456789ab-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("de_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    [InlineData("de_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void OtherTexts_AreNoKeys(string text) => Assert.False(ApiKeyText.TryReadId(text, out _));

    [Fact]
    public void AnyText_IsRefusedOrHasTheShapeOfAKey()
    {
        var random = new Random(20);
        const string Alphabet = "de_0123456789abcdefABCXYZ-=+/ \0\u00e9\ud800";
        var key = ApiKeyText.Create().Text;
        for (var i = 0; i < 20_000; i++)
        {
            var text = key.ToCharArray();
            for (var changes = random.Next(0, 4); changes > 0; changes--)
            {
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            var given = new string(text, 0, random.Next(4) == 0 ? random.Next(text.Length) : text.Length);
            if (ApiKeyText.TryReadId(given, out var id))
            {
                Assert.Matches("^[0-9a-f]{12}$", id);
                Assert.Equal(key.Length, given.Length);
            }

            Assert.Equal(given == key, ApiKeyText.Matches(given, ApiKeyText.Hash(key)));
        }
    }
}
