using System.Collections.Immutable;
using DeltaEdge.ModelCompiler.Package;

namespace DeltaEdge.ModelCompiler.Compilation;

/// <summary>
/// Lengths and times of a package's files, to notice one that changes between being hashed and being compiled: what was made of it
/// would lie under another's hash. Hashing a large package again would cost as much as compiling it.
/// </summary>
internal sealed class PackageState(string packageDirectory)
{
    private readonly ImmutableArray<(string Path, long Length, DateTime WrittenAt)> _files = Look(packageDirectory);

    /// <exception cref="ModelPackageException">A file has changed since; the message names it.</exception>
    public void RequireUnchanged()
    {
        var now = Look(packageDirectory);
        foreach (var file in _files)
        {
            if (!now.Contains(file))
            {
                throw new ModelPackageException($"{file.Path} changed while the package was compiled; compile it again.");
            }
        }
    }

    private static ImmutableArray<(string Path, long Length, DateTime WrittenAt)> Look(string packageDirectory) =>
        [.. ModelPackage.InputsOf(packageDirectory).Select(name => Describe(Path.Combine(packageDirectory, name)))];

    // Of the file itself where a package holds links, as download caches do.
    private static (string Path, long Length, DateTime WrittenAt) Describe(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            return (path, RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackageException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
