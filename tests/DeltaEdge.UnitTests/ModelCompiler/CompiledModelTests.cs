using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using DeltaEdge.Core.Models;

namespace DeltaEdge.UnitTests.ModelCompiler;

public sealed class CompiledModelTests
{
    [Fact]
    public void WrittenAndRead_IsTheSame()
    {
        var graph = new CompiledGraph("a.onnx", [new TensorSpec("x", TensorElement.F32, [TensorSpec.Dynamic, 3])], []);
        var model = new CompiledModel
        {
            CompilerVersion = "1",
            ContentHash = "abc",
            Target = "cpu",
            Projector = "delta",
            Vision = new VisionShape(336, 14, 24),
            Language = new LanguageShape(320, 8, 10, 10, 32, 755, 2048, 1, [2]),
            Ladder = [576, 1],
            Encoder = graph,
            ProjectorMemory = graph,
            ProjectorQueries = ImmutableSortedDictionary<int, CompiledGraph>.Empty.Add(576, graph),
            Decoder = graph,
            TokenEmbeddingFile = "token_embedding.f32",
            Files = [new CompiledFile("a.onnx", 3, "00")],
            Directory = "somewhere",
        };
        var json = model.ToJson();
        var read = CompiledModel.Parse(json);
        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(read.ToJson()));
        Assert.Equal([-1, 3], read.ProjectorQueries[576].Inputs[0].Shape);
        Assert.Equal(576, read.Vision.Patches);
        Assert.Equal(2 * 8 * 10 * 32 * 4, read.Language.CacheBytesPerToken);
        Assert.Equal("", read.Directory);
        Assert.DoesNotContain("somewhere", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"compiler_version\": \"1\"")]
    public void Incomplete_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => CompiledModel.Parse(Encoding.UTF8.GetBytes(json)));
}
