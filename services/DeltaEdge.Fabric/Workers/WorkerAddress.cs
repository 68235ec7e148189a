using System.Diagnostics.CodeAnalysis;

namespace DeltaEdge.Fabric.Workers;

/// <summary>Where a worker is reached, as its report says it. Another process wrote that, so it may be anything.</summary>
public static class WorkerAddress
{
    /// <summary>Whether it is an absolute http or https URL, and which.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
