using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Streams;

/// <summary>Fields of a JSON object from outside, read one by one so that each refusal can name its field and what is allowed.</summary>
internal readonly struct JsonFields(JsonElement element)
{
    public static bool TryOpen(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out ApiError? error)
    {
        (document, error) = (null, null);
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException e)
        {
            error = new ApiError(400, $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).", "invalid_request_error", null, "invalid_json");
            return false;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        document.Dispose();
        document = null;
        error = new ApiError(400, "The body is not a JSON object.", "invalid_request_error", null, "invalid_json");
        return false;
    }

    /// <summary>True if the field is not in the object; one that is null is there.</summary>
    public bool IsAbsent(string name) => element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out _);

    /// <summary>True if the field is there and not null.</summary>
    public bool Has(string name) => TryValue(name, out _);

    public bool TryText(string name, out string text)
    {
        text = "";
        return TryValue(name, out var value) && TryText(value, out text);
    }

    /// <summary>False for what is not a string, and for one that is not Unicode (half a surrogate pair), which only shows on reading it.</summary>
    public static bool TryText(JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public bool TryArray(string name, out JsonElement array) => TryValue(name, out array) && array.ValueKind == JsonValueKind.Array;

    public bool TryObject(string name, out JsonFields fields)
    {
        var isObject = TryValue(name, out var value) && value.ValueKind == JsonValueKind.Object;
        fields = new JsonFields(value);
        return isObject;
    }

    /// <param name="name">The field.</param>
    /// <param name="min">Smallest allowed.</param>
    /// <param name="max">Largest allowed.</param>
    /// <param name="standard">What null means, and an absent field that has no current value.</param>
    /// <param name="current">What an absent field means.</param>
    /// <param name="value">The result.</param>
    public ApiError? ReadNumber(string name, double min, double max, double standard, double? current, out double value)
    {
        value = IsAbsent(name) ? current ?? standard : standard;
        if (!TryValue(name, out var element))
        {
            return null;
        }

        return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out value) && value >= min && value <= max
            ? null
            : ApiError.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"{name} is out of range or not a number. Allowed: {min} to {max}."));
    }

    /// <inheritdoc cref="ReadNumber"/>
    public ApiError? ReadInteger(string name, int min, int max, int standard, int? current, out int value)
    {
        value = IsAbsent(name) ? current ?? standard : standard;
        if (!TryValue(name, out var element))
        {
            return null;
        }

        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value) && value >= min && value <= max
            ? null
            : ApiError.Invalid(name, $"{name} is out of range or not a whole number. Allowed: {min} to {max}.");
    }

    public ApiError? ReadFlag(string name, bool standard, bool? current, out bool value)
    {
        value = IsAbsent(name) ? current ?? standard : standard;
        if (!TryValue(name, out var element))
        {
            return null;
        }

        value = element.ValueKind == JsonValueKind.True;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : ApiError.Invalid(name, $"{name} is not a boolean. Allowed: true or false.");
    }

    private bool TryValue(string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
