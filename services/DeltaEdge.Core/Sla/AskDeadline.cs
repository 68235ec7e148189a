using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Sla;

/// <summary>How long after its arrival an ask may be answered, as its worker will read it: by what the body says, else a header, else its class.</summary>
public static class AskDeadline
{
    /// <param name="body">The chat request. What in it a worker will refuse counts as not said: it is answered at once.</param>
    /// <param name="terms">What headers say.</param>
    /// <param name="catalog">The classes there are.</param>
    public static TimeSpan Of(ReadOnlyMemory<byte> body, RequestTerms terms, SlaCatalog catalog)
    {
        var (named, own) = Read(body);
        var ms = own ?? Header(terms) ?? (ClassChoice.Choose(catalog, named, "service_tier", terms).Value ?? catalog.Classes.MaxBy(c => c.DeadlineMs)!).DeadlineMs;
        return TimeSpan.FromMilliseconds(ms);
    }

    private static (string? Class, int? Ms) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(ByteOrderMark.Skip(body));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, null);
            }

            var extension = root.TryGetProperty("deltaedge", out var given) && given.ValueKind == JsonValueKind.Object ? given : default(JsonElement?);
            var ms = extension is { } e && e.TryGetProperty("deadline_ms", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var own) ? Allowed(own) : null;
            return (Text(extension, "sla_class") ?? Text(root, "service_tier"), ms);
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement? within, string name) =>
        within is { } e && e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Header(RequestTerms terms) =>
        int.TryParse(terms.DeadlineMs, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? Allowed(ms) : null;

    private static int? Allowed(int ms) => ms is >= 1 and <= SlaClass.MaxDeadlineMs ? ms : null;
}
