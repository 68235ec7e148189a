using DeltaEdge.Inference.Engine;
using DeltaEdge.ModelCompiler;

namespace DeltaEdge.Worker.Hosting;

/// <summary>A model package to what the engine serves from: finds it, compiles it if that was not done before, reads its manifest.</summary>
public static class ModelLoader
{
    /// <param name="told">Folder of the package, or null to look for the one that ships.</param>
    /// <param name="cancellationToken">Ends a compilation.</param>
    /// <exception cref="DeltaEdge.Core.Models.ManifestException">Its manifest is not there, or cannot be used.</exception>
    /// <exception cref="FileNotFoundException">It has no tokenizer.</exception>
    /// <exception cref="ModelPackageException">The package cannot be used; the message says why.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no package.</exception>
    public static EngineModel Load(string? told, CancellationToken cancellationToken = default)
    {
        var package = ModelLocation.Find(told);
        EngineModel.RequireServable(package); // Before a compilation, which may take minutes.
        return EngineModel.FromPackage(package, ModelPackageCompiler.Compile(package, cancellationToken: cancellationToken));
    }
}
