using DeltaEdge.Core.Models;

namespace DeltaEdge.Inference.Engine;

/// <summary>Everything an engine serves from: the compiled graphs, what the package says of itself, and its tokenizer.</summary>
/// <param name="Compiled">What the model compiler wrote.</param>
/// <param name="Manifest">The package's manifest.</param>
/// <param name="TokenizerPath">The package's <c>tokenizer.json</c>.</param>
public sealed record EngineModel(CompiledModel Compiled, ModelManifest Manifest, string TokenizerPath)
{
    public const string TokenizerFile = "tokenizer.json";

    /// <summary>Reads the manifest of the package that <paramref name="compiled"/> was made of, and finds its tokenizer.</summary>
    /// <exception cref="ManifestException">There is no manifest, or it cannot be used.</exception>
    /// <exception cref="FileNotFoundException">There is no tokenizer.</exception>
    public static EngineModel FromPackage(string packageDirectory, CompiledModel compiled) =>
        new(compiled, ModelManifest.Read(packageDirectory), FindTokenizer(packageDirectory));

    /// <summary>Refuses a package whose manifest or tokenizer could not be served from; to be asked before a compilation, which may take minutes.</summary>
    /// <exception cref="ManifestException">There is no manifest, or it cannot be used.</exception>
    /// <exception cref="FileNotFoundException">There is no tokenizer.</exception>
    public static void RequireServable(string packageDirectory)
    {
        ModelManifest.Read(packageDirectory);
        FindTokenizer(packageDirectory);
    }

    private static string FindTokenizer(string packageDirectory)
    {
        var path = Path.Combine(packageDirectory, TokenizerFile);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"The model package {packageDirectory} has no {TokenizerFile}: Hugging Face's file of that name, with a LLaMA vocabulary, is needed. docs/models.md says what a package holds.", path);
    }
}
