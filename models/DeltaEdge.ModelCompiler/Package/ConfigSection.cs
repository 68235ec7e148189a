using System.Collections.Immutable;
using System.Text.Json;

namespace DeltaEdge.ModelCompiler.Package;

/// <summary>Typed reading of one object of <c>config.json</c>. Errors name the key as a path and the value seen.</summary>
internal sealed class ConfigSection(JsonElement element, string file, string path)
{
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;

    public static ConfigSection Root(JsonElement element, string file) => element.ValueKind == JsonValueKind.Object
        ? new ConfigSection(element, file, "")
        : throw new ModelPackageException($"{file} holds {element.ValueKind}, expected an object.");

    /// <summary>A section that holds nothing, so that every key takes its default.</summary>
    public static ConfigSection Empty(string file, string path) => new(EmptyObject, file, path);

    public ConfigSection? Section(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } found => new ConfigSection(found, file, PathOf(key)),
        { } found => throw Wrong(key, found, "an object"),
    };

    public ConfigSection RequiredSection(string key) => Section(key) ?? throw Missing(key);

    public int Count(string key, int? fallback = null)
    {
        if (Find(key) is not { } found)
        {
            return fallback ?? throw Missing(key);
        }

        return found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var value) && value > 0
            ? value
            : throw Wrong(key, found, "a whole number above 0");
    }

    public int Whole(string key, int fallback)
    {
        if (Find(key) is not { } found)
        {
            return fallback;
        }

        return found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var value) ? value : throw Wrong(key, found, "a whole number");
    }

    public float Real(string key, float fallback)
    {
        if (Find(key) is not { } found)
        {
            return fallback;
        }

        return found.ValueKind == JsonValueKind.Number && found.TryGetSingle(out var value) && float.IsFinite(value)
            ? value
            : throw Wrong(key, found, "a number");
    }

    public bool Flag(string key, bool fallback) => Find(key) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } found => throw Wrong(key, found, "true or false"),
    };

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } found => found.GetString(),
        { } found => throw Wrong(key, found, "a string"),
    };

    /// <summary>Refuses a text that is given and says anything but this.</summary>
    public void RequireText(string key, string allowed)
    {
        if (Text(key) is { } seen && seen != allowed)
        {
            throw Unsupported(key, seen, allowed);
        }
    }

    /// <summary>An array of whole numbers; a single number counts as an array of one.</summary>
    public ImmutableArray<int>? Wholes(string key)
    {
        if (Find(key) is not { } found)
        {
            return null;
        }

        var items = found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToArray() : [found];
        return items.All(i => i.ValueKind == JsonValueKind.Number && i.TryGetInt32(out _))
            ? [.. items.Select(i => i.GetInt32())]
            : throw Wrong(key, found, "whole numbers");
    }

    public bool Has(string key) => Find(key) is not null;

    public ModelPackageException Unsupported(string key, string seen, string allowed) =>
        new($"{file}: '{PathOf(key)}' is '{seen}'; allowed: {allowed}.");

    private JsonElement? Find(string key) =>
        element.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private ModelPackageException Missing(string key) => new($"{file}: '{PathOf(key)}' is missing.");

    private ModelPackageException Wrong(string key, JsonElement seen, string expected) =>
        new($"{file}: '{PathOf(key)}' is {seen.GetRawText()}, expected {expected}.");
}
