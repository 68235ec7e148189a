using System.Text;
using System.Text.Json.Nodes;
using DeltaEdge.ModelCompiler;
using DeltaEdge.ModelCompiler.Compilation;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>A package that cannot be used is refused with the file and the reason, and leaves no half-made cache.</summary>
public sealed class BadPackageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _package;

    public BadPackageTests() => _package = _directory.CopyOf(ModelFixtures.Tiny);

    [Fact]
    public void NoPackage_IsNamed() => AssertRefused("does not exist", _directory.Child("nowhere"));

    [Theory]
    [InlineData("config.json", "config.json cannot be read")]
    [InlineData("model.safetensors", "neither model.safetensors nor model.safetensors.index.json")]
    public void MissingFile_IsNamed(string file, string expected)
    {
        File.Delete(Path.Combine(_package, file));
        AssertRefused(expected, _package);
    }

    [Theory]
    [InlineData(0, "0 bytes is too short")]
    [InlineData(7, "7 bytes is too short")]
    [InlineData(200, "the header claims")]
    [InlineData(100_000, "outside the")]
    public void TruncatedTensors_AreRefused(int length, string expected)
    {
        var path = Path.Combine(_package, "model.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        AssertRefused(expected, _package);
    }

    /// <summary>Mapped, it would end the process.</summary>
    [Fact]
    public void TensorsCutWhileOpen_AreRefused()
    {
        var path = Path.Combine(_package, "model.safetensors");
        using var file = SafetensorsFile.Open(path);
        using (var other = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(file.Entries.Values.Max(e => e.Offset));
        }

        var last = file.Entries.MaxBy(e => e.Value.Offset).Key;
        var error = Assert.Throws<ModelPackageException>(() => file.Read(last));
        Assert.Contains($"tensor '{last}' ends", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", false)]
    [InlineData("model.safetensors", false)]
    [InlineData("config.json", true)]
    [InlineData("model.safetensors", true)]
    public void FileThatChangesAfterItIsHashed_IsNamed(string name, bool sameLength)
    {
        var path = Path.Combine(_package, name);
        var state = new PackageState(_package);
        state.RequireUnchanged();
        if (sameLength)
        {
            File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddMilliseconds(1));
        }
        else
        {
            File.AppendAllText(path, " ");
        }

        Assert.Contains($"{name} changed", Assert.Throws<ModelPackageException>(state.RequireUnchanged).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConfigThatIsNotJson_IsRefused()
    {
        File.WriteAllText(Path.Combine(_package, "config.json"), "{");
        AssertRefused("config.json is not valid JSON", _package);
    }

    [Fact]
    public void ShapeThatDiffersFromConfig_NamesTheTensor()
    {
        var path = Path.Combine(_package, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config["text_config"]!["vocab_size"] = 4000;
        File.WriteAllText(path, config.ToJsonString());
        AssertRefused("Tensor 'language_model.lm_head.weight' has shape", _package);
    }

    [Fact]
    public void MissingTensor_IsNamed()
    {
        var path = Path.Combine(_package, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        var name = Encoding.UTF8.GetBytes("clip_attn.out_proj.bias");
        bytes[bytes.AsSpan().IndexOf(name)] = (byte)'k';
        File.WriteAllBytes(path, bytes);
        AssertRefused("no tensor 'multi_modal_projector.clip_attn.out_proj.bias'", _package);
    }

    [Theory]
    [InlineData("model.layers.0.self_attn.q_proj")]
    [InlineData("model.layers.0.self_attn.k_proj")]
    [InlineData("model.layers.1.self_attn.v_proj")]
    [InlineData("model.layers.0.self_attn.o_proj")]
    [InlineData("model.layers.0.mlp.gate_proj")]
    [InlineData("model.layers.1.mlp.up_proj")]
    [InlineData("model.layers.0.mlp.down_proj")]
    [InlineData("lm_head")]
    public void BiasThatTheDecoderWouldLeaveOut_IsRefused(string layer)
    {
        var (path, name) = (Path.Combine(_package, "model.safetensors"), $"language_model.{layer}.bias");
        using (var file = SafetensorsFile.Open(path))
        {
            SafetensorsWriter.Write(path + ".new", file.Entries.Select(e => (e.Key, e.Value.Shape.ToArray(), file.Read(e.Key))).Append((name, [1], [1f])));
        }

        File.Move(path + ".new", path, overwrite: true);
        AssertRefused($"tensor '{name}'; no bias", _package);
    }

    [Theory]
    [InlineData("{}", "'weight_map' is missing")]
    [InlineData("""{"weight_map": {"a": "../outside.safetensors"}}""", "is not a file name")]
    [InlineData("""{"weight_map": {"a": 3}}""", "is not a file name")]
    [InlineData("""{"weight_map": {"a": "gone.safetensors"}}""", "gone.safetensors cannot be read")]
    public void WrongIndex_IsRefused(string index, string expected)
    {
        File.Delete(Path.Combine(_package, "model.safetensors"));
        File.WriteAllText(Path.Combine(_package, "model.safetensors.index.json"), index);
        AssertRefused(expected, _package);
    }

    public void Dispose() => _directory.Dispose();

    private void AssertRefused(string expected, string package)
    {
        var cache = _directory.Child("cache");
        var error = Assert.Throws<ModelPackageException>(() => ModelPackageCompiler.Compile(package, cacheDirectory: cache));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(!Directory.Exists(cache) || Directory.GetFileSystemEntries(cache).Length == 0);
    }
}
