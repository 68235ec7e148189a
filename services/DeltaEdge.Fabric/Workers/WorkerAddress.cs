using System.Diagnostics.CodeAnalysis;

namespace DeltaEdge.Worker.Hosting;

/// <summary>Where a worker is reached, as its report says it. Another process wrote that, so it may be anything.</summary>
internal static class WorkerAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
