using DeltaEdge.Core.Wire;

namespace DeltaEdge.Gateway.Discovery;

/// <summary>Shows workers that a gateway is asking: on forwarded requests, on probes, and on the gateway's own.</summary>
/// <param name="secret">The fleet's secret; empty if there is none.</param>
internal sealed class GatewaySecretHandler(string secret) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(EdgeHeaders.GatewaySecret);
        if (secret.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(EdgeHeaders.GatewaySecret, secret);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
