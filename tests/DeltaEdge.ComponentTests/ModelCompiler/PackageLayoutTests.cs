using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>The same weights under other names, in shards or in half precision.</summary>
public sealed class PackageLayoutTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _package;
    private readonly CompiledModel _expected;

    public PackageLayoutTests()
    {
        _package = _directory.CopyOf(ModelFixtures.Tiny);
        _expected = ModelPackageCompiler.Compile(_package, cacheDirectory: _directory.Child("expected"));
    }

    [Theory]
    [InlineData("model.vision_tower.vision_tower.", "model.mm_projector.", "model.", "lm_head")] // original LLaVA
    [InlineData("model.vision_tower.", "model.multi_modal_projector.", "model.language_model.", "lm_head")] // recent transformers
    public void OtherNames_CompileToTheSame(string vision, string projector, string language, string head)
    {
        Rewrite(name => name
            .Replace("language_model.lm_head", head, StringComparison.Ordinal)
            .Replace("language_model.model.", language, StringComparison.Ordinal)
            .Replace("vision_tower.", vision, StringComparison.Ordinal)
            .Replace("multi_modal_projector.", projector, StringComparison.Ordinal));
        Assert.Equal(_expected.Files, Compile().Files);
    }

    [Fact]
    public void Shards_CompileToTheSame()
    {
        using (var file = SafetensorsFile.Open(Path.Combine(_package, TensorStore.SingleFile)))
        {
            var half = file.Entries.Count / 2;
            var shards = file.Entries.Keys.Order(StringComparer.Ordinal).Select((name, i) => (Name: name, File: i < half ? "one.safetensors" : "two.safetensors")).ToList();
            foreach (var shard in shards.GroupBy(s => s.File))
            {
                SafetensorsWriter.Write(Path.Combine(_package, shard.Key), shard.Select(s => (s.Name, file.Entries[s.Name].Shape.ToArray(), file.Read(s.Name))));
            }

            var map = shards.ToDictionary(s => s.Name, s => s.File);
            File.WriteAllBytes(Path.Combine(_package, TensorStore.IndexFile), JsonSerializer.SerializeToUtf8Bytes(new { weight_map = map }));
        }

        File.Delete(Path.Combine(_package, TensorStore.SingleFile));
        Assert.Equal(_expected.Files, Compile().Files);
    }

    [Theory]
    [InlineData("F16", 1e-3)]
    [InlineData("BF16", 8e-3)]
    public void HalfPrecision_ReadsToWithinItsRounding(string type, double limit)
    {
        var path = Path.Combine(_directory.Path, "half.safetensors");
        float[] values = [0, 1, -2.5f, 1e-3f, 123.456f, 60000];
        byte[] bytes = [.. values.SelectMany(v => type == "F16" ? BitConverter.GetBytes((Half)v) : BitConverter.GetBytes(v)[2..])];
        SafetensorsWriter.Write(path, type, [("x", [2, 3], bytes)]);
        using var file = SafetensorsFile.Open(path);
        Assert.All(file.Read("x").Zip(values), p => Assert.True(Math.Abs(p.First - p.Second) <= limit * Math.Abs(p.Second), $"{p.Second} read as {p.First}."));
    }

    [Fact]
    public void OtherElementType_IsRefusedWhenRead()
    {
        var path = Path.Combine(_directory.Path, "ints.safetensors");
        SafetensorsWriter.Write(path, "I64", [("x", [1], new byte[8])]);
        using var file = SafetensorsFile.Open(path);
        Assert.Contains("has type I64", Assert.Throws<ModelPackageException>(() => file.Read("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TiedHead_IsTheEmbeddingTable()
    {
        float[] table;
        using (var file = SafetensorsFile.Open(Path.Combine(_package, TensorStore.SingleFile)))
        {
            table = file.Read("language_model.model.embed_tokens.weight");
        }

        Rewrite(name => name, (name, values) => name == "language_model.lm_head.weight" ? table : values);
        var copied = Compile();
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(_package, "config.json")))!;
        config["text_config"]!["tie_word_embeddings"] = true;
        File.WriteAllText(Path.Combine(_package, "config.json"), config.ToJsonString());
        Rewrite(name => name.Replace("language_model.lm_head.weight", "unused", StringComparison.Ordinal));
        Assert.Equal(copied.Files, Compile().Files);
    }

    [Fact]
    public void MlpProjector_GivesEveryPatchItsToken()
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(_package, "config.json")))!;
        config["mm_projector_type"] = "mlp2x_gelu";
        config["vision_feature_layer"] = -2;
        File.WriteAllText(Path.Combine(_package, "config.json"), config.ToJsonString());
        Rewrite(name => name.Replace("multi_modal_projector.mlp.0.", "multi_modal_projector.linear_1.", StringComparison.Ordinal)
            .Replace("multi_modal_projector.mlp.2.", "multi_modal_projector.linear_2.", StringComparison.Ordinal));
        var model = Compile();
        Assert.Equal([144], model.Ladder);
        Assert.Equal(["values"], model.ProjectorMemory.Outputs.Select(o => o.Name));

        using var memory = new StageRunner(model, model.ProjectorMemory);
        using var query = new StageRunner(model, model.ProjectorQueries[144]);
        using var file = SafetensorsFile.Open(Path.Combine(_package, TensorStore.SingleFile));
        var features = Enumerable.Range(0, 144 * 64).Select(i => MathF.Sin(i)).ToArray();
        var tokens = query.Run(memory.Run(features)["values"])["visual_tokens"];
        Closeness.AssertClose("token 7", Mlp(file, features[(7 * 64)..(8 * 64)]), tokens.AsSpan(7 * 64, 64));
    }

    public void Dispose() => _directory.Dispose();

    private CompiledModel Compile() => ModelPackageCompiler.Compile(_package, cacheDirectory: _directory.Child("cache"));

    private void Rewrite(Func<string, string> rename, Func<string, float[], float[]>? change = null)
    {
        var path = Path.Combine(_package, TensorStore.SingleFile);
        using (var file = SafetensorsFile.Open(path))
        {
            SafetensorsWriter.Write(path + ".new", file.Entries.Select(e => (rename(e.Key), e.Value.Shape.ToArray(), change?.Invoke(e.Key, file.Read(e.Key)) ?? file.Read(e.Key))));
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private static float[] Mlp(SafetensorsFile file, float[] x)
    {
        var inner = Linear("linear_1", x).Select(v => v * 0.5 * (1 + Erf(v / Math.Sqrt(2)))).Select(v => (float)v).ToArray();
        return Linear("linear_2", inner);

        float[] Linear(string name, float[] input)
        {
            var (weight, bias) = (file.Read($"multi_modal_projector.{name}.weight"), file.Read($"multi_modal_projector.{name}.bias"));
            return [.. bias.Select((b, row) => b + input.Select((v, i) => v * weight[(row * input.Length) + i]).Sum())];
        }
    }

    // By its Taylor series; arguments here are small.
    private static double Erf(double x)
    {
        double sum = 0, term = x;
        for (var n = 0; n < 60; n++)
        {
            sum += term / ((2 * n) + 1);
            term *= -x * x / (n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
