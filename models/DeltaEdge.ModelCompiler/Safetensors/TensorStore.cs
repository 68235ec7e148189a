using System.Collections.Immutable;
using System.Text.Json;

namespace DeltaEdge.ModelCompiler.Safetensors;

/// <summary>All tensors of a package, from one <c>model.safetensors</c> or from the shards its index names.</summary>
internal sealed class TensorStore : IDisposable
{
    public const string SingleFile = "model.safetensors";
    public const string IndexFile = "model.safetensors.index.json";
    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _owners = new(StringComparer.Ordinal);

    private TensorStore()
    {
    }

    public IReadOnlyCollection<string> Names => _owners.Keys;

    /// <summary>File names, relative to the package, that hold tensors.</summary>
    public static ImmutableArray<string> FilesOf(string directory)
    {
        if (File.Exists(Path.Combine(directory, SingleFile)))
        {
            return [SingleFile];
        }

        var index = Path.Combine(directory, IndexFile);
        return File.Exists(index)
            ? ReadIndex(index)
            : throw new ModelPackageException($"{directory} holds neither {SingleFile} nor {IndexFile}.");
    }

    public static TensorStore Open(string directory)
    {
        var store = new TensorStore();
        try
        {
            foreach (var name in FilesOf(directory))
            {
                store.Add(SafetensorsFile.Open(Path.Combine(directory, name)));
            }

            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => _owners.ContainsKey(name);

    public ImmutableArray<int> ShapeOf(string name) => Owner(name).Entries[name].Shape;

    public float[] Read(string name) => Owner(name).Read(name);

    public void Dispose() => _files.ForEach(f => f.Dispose());

    private void Add(SafetensorsFile file)
    {
        _files.Add(file);
        foreach (var name in file.Entries.Keys)
        {
            _owners[name] = file;
        }
    }

    private SafetensorsFile Owner(string name) => _owners.TryGetValue(name, out var file)
        ? file
        : throw new ModelPackageException($"The package has no tensor '{name}'.");

    private static ImmutableArray<string> ReadIndex(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
            {
                throw new ModelPackageException($"{path}: the object 'weight_map' is missing.");
            }

            return [.. map.EnumerateObject().Select(p => ShardName(p, path)).Distinct().Order(StringComparer.Ordinal)];
        }
        catch (JsonException e)
        {
            throw new ModelPackageException($"{path} is not valid JSON: {e.Message}", e);
        }
    }

    // A shard lies beside its index: a name with a directory in it could reach outside the package.
    private static string ShardName(JsonProperty property, string path)
    {
        var name = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : "";
        return name.Length > 0 && Path.GetFileName(name) == name
            ? name
            : throw new ModelPackageException($"{path}: '{property.Value.GetRawText()}' is not a file name.");
    }
}
