using System.Text.Json;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Worker.Chat;

/// <summary>Typed, optional fields of a JSON object; a field of the wrong type becomes an <see cref="ApiError"/> that names it.</summary>
internal ref struct JsonFields(JsonElement element, string prefix)
{
    private readonly JsonElement _element = element;
    private readonly string _prefix = prefix;

    /// <summary>The first thing that was wrong; reads after it return null.</summary>
    public ApiError? Error { get; private set; }

    public int? Int(string name, int min, int max)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < min || number > max)
        {
            Error ??= ApiError.Invalid(_prefix + name, $"'{_prefix}{name}' must be an integer from {min} to {max}.");
            return null;
        }

        return number;
    }

    public string? String(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Error ??= ApiError.Invalid(_prefix + name, $"'{_prefix}{name}' must be a string.");
            return null;
        }

        return value.GetString();
    }

    public bool? Bool(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Error ??= ApiError.Invalid(_prefix + name, $"'{_prefix}{name}' must be true or false.");
            return null;
        }

        return value.GetBoolean();
    }

    public JsonElement? Object(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Error ??= ApiError.Invalid(_prefix + name, $"'{_prefix}{name}' must be an object.");
            return null;
        }

        return value;
    }

    private readonly bool TryGet(string name, out JsonElement value) =>
        _element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
