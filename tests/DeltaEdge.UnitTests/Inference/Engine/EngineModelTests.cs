using DeltaEdge.Core.Models;
using DeltaEdge.Inference.Engine;

namespace DeltaEdge.UnitTests.Inference.Engine;

/// <summary>A checkpoint is not a package yet: what is missing from it is named, with where to read on.</summary>
public sealed class EngineModelTests : IDisposable
{
    private const string Manifest = """
        {"name": "nano", "ladder": [576], "elastic": false,
         "prompt": {"before_image": "USER: ", "after_image_template": "\n{question} ASSISTANT:", "bos_token_id": 1, "eos_token_id": 2}}
        """;

    private readonly DirectoryInfo _package = Directory.CreateTempSubdirectory("deltaedge-package-");

    public void Dispose() => _package.Delete(recursive: true);

    [Fact]
    public void WithoutManifest_IsRefusedByName()
    {
        Write(EngineModel.TokenizerFile, "{}");

        var refusal = Assert.Throws<ManifestException>(() => EngineModel.RequireServable(_package.FullName));

        Assert.Contains($"The model package {_package.FullName} has no manifest.json", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("docs/models.md", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutTokenizer_IsRefusedByName()
    {
        Write(ModelManifest.FileName, Manifest);

        var refusal = Assert.Throws<FileNotFoundException>(() => EngineModel.RequireServable(_package.FullName));

        Assert.Contains($"The model package {_package.FullName} has no tokenizer.json", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("docs/models.md", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithBoth_IsServable()
    {
        Write(ModelManifest.FileName, Manifest);
        Write(EngineModel.TokenizerFile, "{}");

        EngineModel.RequireServable(_package.FullName);

        Assert.True(File.Exists(Repository.PathOf("docs", "models.md")));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_package.FullName, name), text);
}
