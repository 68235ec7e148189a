using System.Text.Json;
using DeltaEdge.Inference.Tokenization;

namespace DeltaEdge.UnitTests.Inference.Tokenization;

/// <summary>The project's own tokenizer file and the reference's tokens for a set of texts.</summary>
internal static class TokenizerFixture
{
    private static readonly string Root = FindRoot();

    public static BpeTokenizer Tokenizer { get; } = BpeTokenizer.Load(Path.Combine(Root, "tests", "fixtures", "model", "tiny", "tokenizer.json"));

    public static JsonElement Cases { get; } =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "tests", "fixtures", "model", "tokenizer.cases.json"))).RootElement;

    public static int[] Ids(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt32())];

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "DeltaEdge.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No DeltaEdge.sln above {AppContext.BaseDirectory}.");
    }
}
