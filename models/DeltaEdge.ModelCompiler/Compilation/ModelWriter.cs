using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Language;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Package;
using DeltaEdge.ModelCompiler.Projectors;
using DeltaEdge.ModelCompiler.Vision;

namespace DeltaEdge.ModelCompiler.Compilation;

/// <summary>Writes every graph of a package into one directory, and <c>compiled.json</c> last.</summary>
internal sealed class ModelWriter(string packageDirectory, string directory, CompileOptions options, CancellationToken cancellationToken)
{
    private const string TokenEmbeddingFile = "token_embedding.f32";

    public CompiledModel Write(string contentHash)
    {
        using var package = ModelPackage.Open(packageDirectory);
        var vision = VisionConfig.Read(package.Config, ModelPackage.ConfigFile);
        var text = TextConfig.Read(package.Config, ModelPackage.ConfigFile);
        var family = ProjectorFamilies.NameOf(package.Config);
        var projector = ProjectorFamilies.Create(
            family, new ProjectorContext(package.Tensors, package.Config, ModelPackage.ConfigFile, vision, text.HiddenSize, options.Fold));
        var maxSequenceLength = options.MaxSequenceLength ?? text.MaxPositions;

        var encoder = WriteEncoder(package, vision, projector);
        var (memory, queries) = WriteProjector(projector);
        var decoder = WriteDecoder(new LlamaDecoder(package.Tensors, text), maxSequenceLength);
        var model = new CompiledModel
        {
            CompilerVersion = CompilerVersion.Current,
            ContentHash = contentHash,
            Target = options.Target.ToString().ToLowerInvariant(),
            Projector = family,
            Vision = new VisionShape(vision.ImageSize, vision.PatchSize, vision.Grid),
            Language = new LanguageShape(
                text.HiddenSize, text.Layers, text.Heads, text.KeyValueHeads, text.HeadSize, text.VocabularySize, maxSequenceLength, text.BosTokenId, text.EosTokenIds),
            Ladder = projector.Budgets,
            Encoder = encoder,
            ProjectorMemory = memory,
            ProjectorQueries = queries,
            Decoder = decoder,
            TokenEmbeddingFile = TokenEmbeddingFile,
            Files = [.. Directory.GetFiles(directory).Order(StringComparer.Ordinal).Select(Describe)],
            Directory = directory,
        };
        File.WriteAllBytes(Path.Combine(directory, CompiledModel.FileName), model.ToJson());
        return model;
    }

    private CompiledGraph WriteEncoder(ModelPackage package, VisionConfig vision, IProjector projector)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var weights = WeightFile.Create(directory, "encoder.weights");
        var graph = new GraphBuilder("encoder", weights);
        new VisionTower(package.Tensors, vision).MakeEncoder(graph, projector.Taps, projector.QueryState);
        return graph.Save(directory, "encoder.onnx");
    }

    private (CompiledGraph Memory, ImmutableSortedDictionary<int, CompiledGraph> Queries) WriteProjector(IProjector projector)
    {
        using var weights = WeightFile.Create(directory, "projector.weights");
        var graph = new GraphBuilder("projector-memory", weights);
        projector.MakeMemory(graph);
        var memory = graph.Save(directory, "projector-memory.onnx");
        var queries = ImmutableSortedDictionary.CreateBuilder<int, CompiledGraph>();
        foreach (var budget in projector.Budgets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            graph = new GraphBuilder($"projector-query-{budget}", weights);
            projector.MakeQuery(graph, budget);
            queries.Add(budget, graph.Save(directory, $"projector-query-{budget}.onnx"));
        }

        return (memory, queries.ToImmutable());
    }

    private CompiledGraph WriteDecoder(LlamaDecoder decoder, int maxSequenceLength)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var weights = WeightFile.Create(directory, "decoder.weights");
        var graph = new GraphBuilder("decoder", weights);
        decoder.Make(graph, maxSequenceLength);
        using var table = File.Create(Path.Combine(directory, TokenEmbeddingFile));
        table.Write(MemoryMarshal.AsBytes(decoder.Embeddings.AsSpan()));
        return graph.Save(directory, "decoder.onnx");
    }

    private static CompiledFile Describe(string path) =>
        new(Path.GetFileName(path), new FileInfo(path).Length, PackageHash.OfFile(path));
}
