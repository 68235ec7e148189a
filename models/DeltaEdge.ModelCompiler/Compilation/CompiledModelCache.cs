using System.Text.Json;
using DeltaEdge.Core.Models;

namespace DeltaEdge.ModelCompiler.Compilation;

/// <summary>
/// Directories of compiled models by content hash. A model appears under its final name only when whole: it is written
/// beside it and renamed. What does not match its own description is put aside and made again.
/// </summary>
internal sealed class CompiledModelCache(string root)
{
    // Above this a file's length must do: hashing a 7B model at every start would cost more than it protects.
    private const long HashedBytes = 256L << 20;

    /// <summary>The model under <paramref name="name"/> if it is there, whole, and of this hash.</summary>
    public CompiledModel? Find(string name, string contentHash)
    {
        var directory = Path.Combine(root, name);
        try
        {
            var model = CompiledModel.Parse(File.ReadAllBytes(Path.Combine(directory, CompiledModel.FileName)));
            return model.ContentHash == contentHash && model.CompilerVersion == CompilerVersion.Current && model.Files.All(f => IsWhole(directory, f))
                ? model with { Directory = directory }
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ModelPackageException)
        {
            return null;
        }
    }

    /// <summary>Has <paramref name="write"/> fill a fresh directory and publishes it.</summary>
    public CompiledModel Add(string name, string contentHash, Func<string, CompiledModel> write)
    {
        var final = Path.Combine(root, name);
        var fresh = Path.Combine(root, $".{name}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(fresh);
            var model = write(fresh);
            while (!TryPublish(fresh, final))
            {
                if (Find(name, contentHash) is { } other)
                {
                    return other; // another caller was first
                }

                PutAside(final);
            }

            return model with { Directory = final };
        }
        finally
        {
            DeleteIfThere(fresh);
        }
    }

    private static bool TryPublish(string fresh, string final)
    {
        try
        {
            Directory.Move(fresh, final);
            return true;
        }
        catch (IOException) when (Directory.Exists(final))
        {
            return false;
        }
    }

    private static void PutAside(string directory)
    {
        var aside = $"{directory}-broken-{Guid.NewGuid():N}";
        try
        {
            Directory.Move(directory, aside);
        }
        catch (DirectoryNotFoundException)
        {
            return; // another caller did
        }

        DeleteIfThere(aside);
    }

    private static void DeleteIfThere(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool IsWhole(string directory, CompiledFile file)
    {
        var path = Path.Combine(directory, file.Name);
        var info = new FileInfo(path);
        return info.Exists && info.Length == file.Length && (file.Length > HashedBytes || PackageHash.OfFile(path) == file.Sha256);
    }
}
