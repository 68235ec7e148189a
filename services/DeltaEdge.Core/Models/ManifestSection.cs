using System.Collections.Immutable;
using System.Text.Json;

namespace DeltaEdge.Core.Models;

/// <summary>Typed reading of one object of the manifest; errors name the key as a path.</summary>
internal readonly struct ManifestSection
{
    private readonly JsonElement _element;
    private readonly string _path;

    public ManifestSection(JsonElement element, string path)
    {
        (_element, _path) = (element, path);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(path.Length == 0 ? "the file" : $"'{path}'", element, "an object");
        }
    }

    public IEnumerable<string> Keys => _element.EnumerateObject().Select(p => p.Name);

    public ManifestSection Section(string key) => new(Find(key) ?? throw Missing(key), PathOf(key));

    public ManifestSection? OptionalSection(string key) => Find(key) is { } found ? new ManifestSection(found, PathOf(key)) : null;

    public string Text(string key) => Find(key) switch
    {
        null => throw Missing(key),
        { ValueKind: JsonValueKind.String } found => found.GetString()!,
        { } found => throw Wrong($"'{PathOf(key)}'", found, "a string"),
    };

    public bool Flag(string key) => Find(key) switch
    {
        null => throw Missing(key),
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } found => throw Wrong($"'{PathOf(key)}'", found, "true or false"),
    };

    public int Whole(string key, int? fallback = null) => Find(key) switch
    {
        null => fallback ?? throw Missing(key),
        { ValueKind: JsonValueKind.Number } found when found.TryGetInt32(out var value) => value,
        { } found => throw Wrong($"'{PathOf(key)}'", found, "a whole number"),
    };

    public double Real(string key) => Find(key) switch
    {
        null => throw Missing(key),
        { ValueKind: JsonValueKind.Number } found => found.GetDouble(),
        { } found => throw Wrong($"'{PathOf(key)}'", found, "a number"),
    };

    public ImmutableArray<double>? Reals(string key)
    {
        if (Find(key) is not { } found)
        {
            return null;
        }

        return found.ValueKind == JsonValueKind.Array && found.EnumerateArray().All(i => i.ValueKind == JsonValueKind.Number)
            ? [.. found.EnumerateArray().Select(i => i.GetDouble())]
            : throw Wrong($"'{PathOf(key)}'", found, "an array of numbers");
    }

    public ManifestException Unfit(string key, string why) => new($"{ModelManifest.FileName}: '{PathOf(key)}' {why}.");

    private ManifestException Missing(string key) => new($"{ModelManifest.FileName}: '{PathOf(key)}' is missing.");

    private static ManifestException Wrong(string what, JsonElement seen, string expected) =>
        new($"{ModelManifest.FileName}: {what} is {seen.GetRawText()}, expected {expected}.");

    private JsonElement? Find(string key) =>
        _element.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
