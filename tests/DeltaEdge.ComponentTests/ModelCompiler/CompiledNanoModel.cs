using System.Security.Cryptography;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>The model that ships, with the reference's outputs on one sample image. Skips where either is absent.</summary>
public sealed class CompiledNanoModel : IDisposable
{
    private readonly TemporaryDirectory _cache = new();
    private readonly Lazy<(CompiledModel Model, GoldenFile Golden)> _loaded;

    public CompiledNanoModel() => _loaded = new(Load);

    public CompiledModel Model => _loaded.Value.Model;

    internal GoldenFile Golden => _loaded.Value.Golden;

    public static void SkipUnlessThere()
    {
        var isThere = File.Exists(ModelFixtures.NanoGolden) && File.Exists(ModelFixtures.NanoWeights);
        Prerequisite.Require(isThere, "models/nano or its golden outputs are not in this tree (python3 -m models.training.fixtures nano).");
    }

    public void Dispose()
    {
        if (_loaded.IsValueCreated)
        {
            Golden.Dispose();
        }

        _cache.Dispose();
    }

    private (CompiledModel Model, GoldenFile Golden) Load()
    {
        var golden = new GoldenFile(ModelFixtures.NanoGolden);
        var weights = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(ModelFixtures.NanoWeights)));
        Assert.True(
            golden.Metadata("model_sha256") == weights,
            "The golden outputs were made from other weights than models/nano holds: run python3 -m models.training.fixtures nano.");
        return (ModelPackageCompiler.Compile(ModelFixtures.Nano, cacheDirectory: _cache.Path), golden);
    }
}
