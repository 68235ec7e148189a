using System.Globalization;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Wire;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.Telemetry.Http;

/// <summary>Reads what clients and gateway say in headers about a request's promise.</summary>
public static class RequestTermsReader
{
    /// <summary>An hour: what a gateway says it has spent on a request is believed up to here.</summary>
    private const int LongestElapsedMs = 3_600_000;

    public static RequestTerms Read(IHeaderDictionary headers)
    {
        var own = Text(headers, EdgeHeaders.DeadlineMs);
        return new RequestTerms
        {
            SlaClass = Text(headers, EdgeHeaders.SlaClass),
            KeyClass = Text(headers, EdgeHeaders.KeyClass),
            AllowedClasses = [.. (Text(headers, EdgeHeaders.AllowedClasses) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Tenant = Text(headers, EdgeHeaders.Tenant) is { Length: > 0 } tenant ? tenant : null,
            DeadlineMs = own ?? Text(headers, EdgeHeaders.SloTtftMs),
            DeadlineHeader = own is null ? EdgeHeaders.SloTtftMs : EdgeHeaders.DeadlineMs,
            Elapsed = int.TryParse(Text(headers, EdgeHeaders.ElapsedMs), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
                ? TimeSpan.FromMilliseconds(Math.Min(ms, LongestElapsedMs))
                : TimeSpan.Zero,
        };
    }

    private static string? Text(IHeaderDictionary headers, string name) => headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
