using System.Text.Json.Nodes;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>A decoder whose query heads share key and value heads equals one in which each has its own copy.</summary>
public sealed class GroupedHeadsTests : IDisposable
{
    private const int HeadSize = 16;
    private const int Tokens = 23;
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void SharedKeyValueHeads_EqualTheirCopies()
    {
        var shape = new SyntheticPackage
        {
            Tower = 32,
            TowerLayers = 1,
            TowerHeads = 2,
            Image = 56,
            Scales = [1, 2],
            BlockHeadSize = 8,
            BlockGroups = 2,
            Hidden = 4 * HeadSize,
            Layers = 2,
            Heads = 4,
            KeyValueHeads = 2,
            Inner = 96,
            Vocabulary = 100,
            Positions = 64,
        };
        shape.Write(_directory.Child("grouped"));
        WriteWithCopies(_directory.Child("grouped"), _directory.Child("copied"));

        var grouped = Run("grouped");
        var copied = Run("copied");
        Closeness.AssertClose("logits", copied.Logits, grouped.Logits);
        Assert.Equal(copied.Next, grouped.Next);
    }

    public void Dispose() => _directory.Dispose();

    // A prompt and a step on top of it.
    private DecoderStep Run(string package)
    {
        var model = ModelPackageCompiler.Compile(_directory.Child(package), cacheDirectory: _directory.Child("cache"));
        Assert.Equal(package == "grouped" ? 2 : 4, model.Language.KeyValueHeads);
        using var decoder = new DecoderRunner(model, slots: 1, cacheLength: 64);
        var x = Enumerable.Range(0, (Tokens + 1) * model.Language.HiddenSize).Select(i => MathF.Sin(i * 0.37f)).ToArray();
        decoder.Run(0, x[..(Tokens * model.Language.HiddenSize)], Tokens);
        return decoder.Run(0, x[(Tokens * model.Language.HiddenSize)..], Tokens + 1);
    }

    private static void WriteWithCopies(string from, string to)
    {
        Directory.CreateDirectory(to);
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "config.json")))!;
        config["text_config"]!["num_key_value_heads"] = 4;
        File.WriteAllText(Path.Combine(to, "config.json"), config.ToJsonString());
        using var file = SafetensorsFile.Open(Path.Combine(from, TensorStore.SingleFile));
        SafetensorsWriter.Write(Path.Combine(to, TensorStore.SingleFile), file.Entries.Select(e => Copied(e.Key, [.. e.Value.Shape], file.Read(e.Key))));
    }

    private static (string Name, int[] Shape, float[] Values) Copied(string name, int[] shape, float[] values)
    {
        if (!name.Contains("language_model") || !(name.EndsWith("k_proj.weight", StringComparison.Ordinal) || name.EndsWith("v_proj.weight", StringComparison.Ordinal)))
        {
            return (name, shape, values);
        }

        var heads = values.Chunk(HeadSize * shape[1]);
        return (name, [2 * shape[0], shape[1]], [.. heads.SelectMany(h => h.Concat(h))]);
    }
}
