using System.Globalization;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Gateway.Retries;

/// <summary>How long an ask may take as far as its headers tell. The worker holds it to what its body says.</summary>
internal static class AskDeadline
{
    /// <summary>The header's deadline; without one, the most patient class's, since a body may name any.</summary>
    public static TimeSpan Of(IHeaderDictionary headers, SlaCatalog catalog) =>
        Read(headers, EdgeHeaders.DeadlineMs) ?? Read(headers, EdgeHeaders.SloTtftMs) ?? TimeSpan.FromMilliseconds(catalog.Classes.Max(c => c.DeadlineMs));

    private static TimeSpan? Read(IHeaderDictionary headers, string name) =>
        int.TryParse(headers[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms > 0 ? TimeSpan.FromMilliseconds(ms) : null;
}
