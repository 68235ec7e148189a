using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Model;

namespace DeltaEdge.Gateway.Discovery;

/// <summary>
/// Keeps sockets out of what passive health counts. How a socket ends is up to its client: one that sends broken frames gets its
/// connection reset, and would take every worker off the list for everybody.
/// </summary>
internal sealed class SocketHealthMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var isSocket = context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true
            || context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;
        await next(context);
        if (isSocket)
        {
            context.GetReverseProxyFeature().ProxiedDestination = null; // Passive health looks at nothing else to see who is to blame.
        }
    }
}
