using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Access;

namespace DeltaEdge.Fabric.Keys;

/// <summary>The key file: whoever reads it finds the whole of one state, and only its owner may.</summary>
internal static class KeyFile
{
    /// <summary>All keys; none if there is no file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="JsonException">It holds something else.</exception>
    public static ImmutableArray<ApiKey> Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyJson.Default.KeyFileBody)?.Keys ?? throw new JsonException("It holds null.") : [];

    /// <summary>Reads, changes and writes with every other writer kept out.</summary>
    /// <exception cref="IOException">Another process is writing, or the file cannot be written.</exception>
    public static KeyOutcome Change(string path, Func<ImmutableArray<ApiKey>, (KeyOutcome Outcome, ImmutableArray<ApiKey> Keys)> change)
    {
        var whole = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        using var writer = new FileStream(whole + ".lock", new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        var (outcome, keys) = change(Read(whole));
        if (outcome == KeyOutcome.Done)
        {
            Write(whole, keys);
        }

        return outcome;
    }

    private static void Write(string path, ImmutableArray<ApiKey> keys)
    {
        var next = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var file = new FileStream(next, options))
            {
                JsonSerializer.Serialize(file, new KeyFileBody(keys), KeyJson.Default.KeyFileBody);
                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
        }
        catch
        {
            File.Delete(next);
            throw;
        }
    }
}
