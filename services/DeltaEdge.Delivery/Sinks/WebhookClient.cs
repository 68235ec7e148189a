using DeltaEdge.Delivery.Net;

namespace DeltaEdge.Delivery.Sinks;

/// <summary>
/// The HTTP client of all webhooks: connects to checked addresses only, follows no redirect, goes through no proxy, keeps no cookies.
/// Connections live for a minute, so that a name's new address is noticed and checked.
/// </summary>
internal sealed class WebhookClient(TargetConnector connector) : IDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 64 << 10,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        SslOptions = connector.Tls(),
        ConnectCallback = async (context, cancellationToken) => await connector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => Http.Dispose();
}
