using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DeltaEdge.Gateway.Access;

/// <summary>The key that a request shows: <c>Authorization: Bearer KEY</c>, or <c>x-api-key: KEY</c>.</summary>
internal static class PresentedKey
{
    public const string Header = "x-api-key";

    private const string Scheme = "Bearer ";

    /// <summary>The key's text, unchecked; null if there is none, or more than one to choose from.</summary>
    public static string? Read(IHeaderDictionary headers)
    {
        var (authorization, plain) = (headers[HeaderNames.Authorization], headers[Header]);
        return (authorization.Count, plain.Count) switch
        {
            (0, 1) => One(plain),
            (1, 0) when One(authorization) is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) => value[Scheme.Length..].Trim(),
            _ => null,
        };
    }

    /// <summary>Takes it off: workers have no use for it.</summary>
    public static void Remove(IHeaderDictionary headers)
    {
        headers.Remove(HeaderNames.Authorization);
        headers.Remove(Header);
    }

    private static string? One(StringValues values) => values[0]?.Trim();
}
