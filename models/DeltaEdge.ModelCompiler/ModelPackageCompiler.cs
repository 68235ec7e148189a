using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Compilation;

namespace DeltaEdge.ModelCompiler;

/// <summary>Compiles a model package to ONNX graphs, or finds them compiled before.</summary>
public static class ModelPackageCompiler
{
    private const string PackageCache = ".compiled";

    /// <summary>
    /// Safe to call from several threads and processes at once. Without <paramref name="cacheDirectory"/> the result lies
    /// in <c>.compiled</c> inside the package or, where that cannot be written, in the user's cache directory.
    /// </summary>
    /// <exception cref="ModelPackageException">The package cannot be used; the message says what is wrong with which file.</exception>
    public static CompiledModel Compile(
        string packageDirectory,
        CompileOptions? options = null,
        string? cacheDirectory = null,
        CancellationToken cancellationToken = default)
    {
        string[] roots = cacheDirectory is null ? [Path.Combine(packageDirectory, PackageCache), UserCache()] : [cacheDirectory];
        return CompileInto(roots, packageDirectory, options ?? new CompileOptions(), cancellationToken);
    }

    /// <summary>Looks in all of <paramref name="roots"/>; writes to the first that can be written.</summary>
    internal static CompiledModel CompileInto(
        string[] roots, string packageDirectory, CompileOptions options, CancellationToken cancellationToken = default)
    {
        var state = new PackageState(packageDirectory);
        var hash = PackageHash.Compute(packageDirectory, options);
        var name = $"{options.Target.ToString().ToLowerInvariant()}-{hash[..12]}";
        foreach (var root in roots)
        {
            if (new CompiledModelCache(root).Find(name, hash) is { } model)
            {
                return model;
            }
        }

        return new CompiledModelCache(FirstWritable(roots)).Add(name, hash, directory =>
        {
            var model = new ModelWriter(packageDirectory, directory, options, cancellationToken).Write(hash);
            state.RequireUnchanged();
            return model;
        });
    }

    private static string FirstWritable(string[] roots)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                Directory.CreateDirectory(roots[i]);
                var probe = Path.Combine(roots[i], $".probe-{Guid.NewGuid():N}");
                File.WriteAllBytes(probe, []);
                File.Delete(probe);
                return roots[i];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (i == roots.Length - 1)
                {
                    throw new ModelPackageException($"No directory for compiled models can be written: tried {string.Join(", ", roots)}.", e);
                }
            }
        }
    }

    // $XDG_CACHE_HOME, else ~/.cache.
    private static string UserCache()
    {
        var configured = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var cache = string.IsNullOrEmpty(configured)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
            : configured;
        return Path.Combine(cache, "deltaedge", "compiled");
    }
}
