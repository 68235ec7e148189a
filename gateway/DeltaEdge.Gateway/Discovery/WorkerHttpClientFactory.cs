using DeltaEdge.Fabric;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace DeltaEdge.Gateway.Discovery;

/// <summary>YARP's client with a bound on connecting: a worker that is gone without a word should cost an ask little of its deadline.</summary>
internal sealed class WorkerHttpClientFactory(IOptions<GatewayOptions> options, IOptions<FabricOptions> fabric, ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    private readonly TimeSpan _connectTimeout = TimeSpan.FromMilliseconds(options.Value.ConnectTimeoutMs);

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new GatewaySecretHandler(fabric.Value.GatewaySecret) { InnerHandler = handler };

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = _connectTimeout;
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
    }
}
