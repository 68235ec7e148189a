using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Sla;

/// <summary>In which class a request is served: what its body names, else its header, else its key, else the default.</summary>
public static class ClassChoice
{
    /// <param name="catalog">The classes there are.</param>
    /// <param name="named">What the body names; null or "auto" if nothing.</param>
    /// <param name="param">Where in the body that stands.</param>
    /// <param name="terms">What is said outside the body.</param>
    /// <returns>The class; or 400 if it is unknown, or 403 if the key may not name it.</returns>
    public static Result<SlaClass> Choose(SlaCatalog catalog, string? named, string param, RequestTerms terms)
    {
        var (name, at) = Meant(named) is { } own ? (own, param) : (Meant(terms.SlaClass), EdgeHeaders.SlaClass);
        if (name is null)
        {
            return Unnamed(catalog, terms) is { } standing
                ? standing
                : new ApiError(403, $"The API key's SLA class '{terms.KeyClass}' is not one of this fleet's: {catalog.Allowed}.", "invalid_request_error", null, "sla_class_not_allowed");
        }

        if (catalog.Find(name) is not { } found)
        {
            return ApiError.Invalid(at, $"'{at}' must be {(at == "service_tier" ? "auto or " : "")}one of: {catalog.Allowed}.");
        }

        return terms.AllowedClasses.IsEmpty || terms.AllowedClasses.Contains(found.Name, StringComparer.OrdinalIgnoreCase)
            ? found
            : new ApiError(403, $"This API key may not name the SLA class '{found.Name}'; it may name: {string.Join(", ", terms.AllowedClasses)}.", "invalid_request_error", at, "sla_class_not_allowed");
    }

    /// <summary>The key's class; a key without one that may not name the default gets the first that it may name.</summary>
    private static SlaClass? Unnamed(SlaCatalog catalog, RequestTerms terms)
    {
        if (terms.KeyClass is { } own)
        {
            return catalog.Find(own);
        }

        var standing = catalog.DefaultClass;
        return terms.AllowedClasses.IsEmpty || terms.AllowedClasses.Contains(standing.Name, StringComparer.OrdinalIgnoreCase) ? standing : catalog.Find(terms.AllowedClasses[0]);
    }

    private static string? Meant(string? name) => name is null or "auto" ? null : name;
}
