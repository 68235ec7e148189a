using System.Security.Cryptography;
using System.Text;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Edge;

/// <summary>
/// Lets in who knows the fleet's secret: keys, limits and tenants are checked at the gateway, so nobody may go around it. Without a
/// secret only callers on this machine are served. Probes and metrics are open.
/// </summary>
internal sealed class GatewayOnlyMiddleware(RequestDelegate next, IOptions<FabricOptions> options)
{
    // Hashes are of one length, so that comparing them tells nothing about the secret's.
    private readonly byte[]? _secret = options.Value.GatewaySecret is { Length: > 0 } secret ? Hash(secret) : null;

    public Task InvokeAsync(HttpContext context) => IsOpen(context.Request.Path) || IsGateway(context)
        ? next(context)
        : ApiErrorResponses.WriteAsync(context, new ApiError(
            StatusCodes.Status403Forbidden, "Workers answer only their gateway; send this request to the gateway. To operate the worker itself, show the fleet's secret: deltaedge reads it from DeltaEdge__Fabric__GatewaySecret.", "invalid_request_error", null, "gateway_only"));

    private static bool IsOpen(PathString path) =>
        path.StartsWithSegments("/healthz", StringComparison.Ordinal) || path.Equals("/metrics", StringComparison.Ordinal);

    private bool IsGateway(HttpContext context) => _secret is null
        ? ListeningScope.IsLoopback(context.Connection)
        : CryptographicOperations.FixedTimeEquals(_secret, Hash(context.Request.Headers[EdgeHeaders.GatewaySecret].ToString()));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
