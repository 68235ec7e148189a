using System.Text.Json;
using DeltaEdge.Inference.Tokenization;

namespace DeltaEdge.UnitTests.Inference.Tokenization;

/// <summary>The project's own tokenizer file and the reference's tokens for a set of texts.</summary>
internal static class TokenizerFixture
{
    public static BpeTokenizer Tokenizer { get; } = BpeTokenizer.Load(Repository.PathOf("tests", "fixtures", "model", "tiny", "tokenizer.json"));

    public static JsonElement Cases { get; } =
        JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests", "fixtures", "model", "tokenizer.cases.json"))).RootElement;

    public static int[] Ids(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt32())];
}
