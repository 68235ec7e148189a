using DeltaEdge.Core.Models;

namespace DeltaEdge.Inference.Engine;

/// <summary>Everything an engine serves from: the compiled graphs, what the package says of itself, and its tokenizer.</summary>
/// <param name="Compiled">What the model compiler wrote.</param>
/// <param name="Manifest">The package's manifest.</param>
/// <param name="TokenizerPath">The package's <c>tokenizer.json</c>.</param>
public sealed record EngineModel(CompiledModel Compiled, ModelManifest Manifest, string TokenizerPath)
{
    public const string TokenizerFile = "tokenizer.json";

    /// <summary>Reads manifest and tokenizer from the package that <paramref name="compiled"/> was made of.</summary>
    public static EngineModel FromPackage(string packageDirectory, CompiledModel compiled) => new(
        compiled,
        ModelManifest.Parse(File.ReadAllBytes(Path.Combine(packageDirectory, ModelManifest.FileName))),
        Path.Combine(packageDirectory, TokenizerFile));
}
