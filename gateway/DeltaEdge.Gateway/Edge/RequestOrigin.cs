using System.Net;
using DeltaEdge.Core.Wire;
using Microsoft.Net.Http.Headers;

namespace DeltaEdge.Gateway.Edge;

/// <summary>
/// Whether a request may come from another site's page. A browser runs any page's requests on its user's machine, so where no key is
/// asked for only what it says of a request tells that page from this one: <c>Origin</c>, <c>Sec-Fetch-Site</c>, and a <c>Host</c>
/// that a name of the page's own has been made to lead to (DNS rebinding). Other clients send none of the former.
/// </summary>
internal static class RequestOrigin
{
    /// <summary>What is wrong with it; null if nothing is.</summary>
    /// <param name="request">Its method and headers are looked at.</param>
    /// <param name="loopbackOnly">Whether only this machine can reach the gateway, so that no name but its own can be meant.</param>
    public static ApiError? Refuse(HttpRequest request, bool loopbackOnly) =>
        loopbackOnly && request.Host.HasValue && !IsLoopback(request.Host.Host)
            ? Refused($"This gateway serves its own machine only and does not know the host '{request.Host.Host}'. Allowed in the URL: localhost, 127.0.0.1 and [::1].", "host_not_allowed")
        : IsForeign(request.Headers[HeaderNames.Origin].ToString(), request.Host) || IsCrossSite(request)
            ? Refused("A page of another origin may not use this gateway while it asks for no API key. Allowed: the gateway's own page, and clients that are not browsers.", "origin_not_allowed")
        : null;

    private static ApiError Refused(string message, string code) => new(StatusCodes.Status403Forbidden, message, "invalid_request_error", null, code);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>An origin is scheme and authority, or <c>null</c> of a page that has none to tell. Behind a proxy that ends TLS the schemes differ.</summary>
    private static bool IsForeign(string origin, HostString host) =>
        origin.Length > 0 && !(origin.Split("://") is [_, var authority] && authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>A link that is followed to here is no harm: what it opens cannot be read by where it stood.</summary>
    private static bool IsCrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site" && !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate");
}
