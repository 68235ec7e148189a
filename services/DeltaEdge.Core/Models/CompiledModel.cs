using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Models;

/// <summary>
/// What the model compiler wrote: the graphs, their edges and the sizes needed to run them. Stored as <c>compiled.json</c>
/// beside the files it names.
/// </summary>
public sealed record CompiledModel
{
    public const string FileName = "compiled.json";

    /// <summary>Compiler version that wrote this; another version never reads it back.</summary>
    public required string CompilerVersion { get; init; }

    /// <summary>SHA-256 over every input file, the options and the compiler version.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Execution target the graphs were written for, for example <c>cpu</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Projector family, for example <c>delta</c>.</summary>
    public required string Projector { get; init; }

    public required VisionShape Vision { get; init; }

    public required LanguageShape Language { get; init; }

    /// <summary>Visual-token budgets, largest first; each has a graph in <see cref="ProjectorQueries"/>.</summary>
    public required ImmutableArray<int> Ladder { get; init; }

    /// <summary>Pixels to features.</summary>
    public required CompiledGraph Encoder { get; init; }

    /// <summary>Features to what every budget of the projector shares.</summary>
    public required CompiledGraph ProjectorMemory { get; init; }

    /// <summary>By budget: memory to visual tokens.</summary>
    public required ImmutableSortedDictionary<int, CompiledGraph> ProjectorQueries { get; init; }

    /// <summary>Embeddings to the next token, with the KV cache bound by the caller.</summary>
    public required CompiledGraph Decoder { get; init; }

    /// <summary>Raw little-endian fp32 table (VocabularySize, HiddenSize), row-major.</summary>
    public required string TokenEmbeddingFile { get; init; }

    /// <summary>Every file the graphs need, external weights included.</summary>
    public required ImmutableArray<CompiledFile> Files { get; init; }

    /// <summary>Where the files lie. Known once read from disk, never written.</summary>
    [JsonIgnore]
    public string Directory { get; init; } = "";

    public string PathOf(string file) => Path.Combine(Directory, file);

    public string PathOf(CompiledGraph graph) => PathOf(graph.File);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ModelJsonContext.Default.CompiledModel);

    /// <exception cref="JsonException">Not JSON, or a property is missing.</exception>
    public static CompiledModel Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ModelJsonContext.Default.CompiledModel)
        ?? throw new JsonException($"{FileName} holds null.");
}
