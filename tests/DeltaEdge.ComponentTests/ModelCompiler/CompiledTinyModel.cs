using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>The tiny random-weight package, compiled once folded and once not, with the reference's outputs.</summary>
public sealed class CompiledTinyModel : IDisposable
{
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("deltaedge-compiler-");

    public CompiledTinyModel()
    {
        Folded = ModelPackageCompiler.Compile(ModelFixtures.Tiny, cacheDirectory: _cache.FullName);
        Unfolded = ModelPackageCompiler.Compile(ModelFixtures.Tiny, new CompileOptions { Fold = false }, _cache.FullName);
        Golden = new GoldenFile(ModelFixtures.TinyGolden);
    }

    public CompiledModel Folded { get; }

    public CompiledModel Unfolded { get; }

    internal GoldenFile Golden { get; }

    public void Dispose()
    {
        Golden.Dispose();
        _cache.Delete(recursive: true);
    }
}
