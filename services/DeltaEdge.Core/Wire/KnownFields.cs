using System.Text.Json;

namespace DeltaEdge.Core.Wire;

/// <summary>
/// The names that an object from a client may hold, so that a misspelt one is refused instead of passed over. Some are only shown in
/// answers: whoever sends back what was read may send them, and they change nothing.
/// </summary>
/// <param name="what">What the object is, for the refusal: "a stream".</param>
/// <param name="allowed">Names that say something.</param>
/// <param name="shown">Names that may be sent back.</param>
public sealed class KnownFields(string what, IEnumerable<string> allowed, IEnumerable<string>? shown = null)
{
    private const int MostShown = 64;

    private readonly string[] _allowed = [.. allowed];
    private readonly HashSet<string> _known = [.. allowed, .. shown ?? []];

    /// <param name="element">Anything; what is not an object has no fields.</param>
    /// <param name="place">What the refused name is told with in front, its point or nothing included.</param>
    /// <returns>The refusal of the first name that is not known; null if all are.</returns>
    public ApiError? Check(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (Name(property) is not { } name)
            {
                return ApiError.Invalid("body", "The name of a field holds half of a UTF-16 surrogate pair.", "invalid_unicode");
            }

            if (!_known.Contains(name))
            {
                var field = place + (name.Length <= MostShown ? name : name[..MostShown] + "…");
                return ApiError.Invalid(field, $"{field} is not a field of {what}. Allowed: {string.Join(", ", _allowed)}.", "unknown_parameter");
            }
        }

        return null;
    }

    /// <summary>Null for one that valid JSON can hold and a string cannot.</summary>
    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
