using DeltaEdge.Gateway.Metrics;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace DeltaEdge.Gateway.Errors;

/// <summary>Turns a failed forwarding into an error the client can act on. The outermost step of the proxy's pipeline.</summary>
internal sealed partial class ProxyErrorMiddleware(RequestDelegate next, GatewayMetrics metrics, IOptions<GatewayOptions> options, ILogger<ProxyErrorMiddleware> logger)
{
    private readonly int _retryAfter = options.Value.RetryAfterSeconds;

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure)
        {
            return;
        }

        metrics.ForwardingFailed(failure.Error);
        if (context.RequestAborted.IsCancellationRequested || GatewayErrors.Of(failure.Error, failure.Exception, _retryAfter) is not { } error)
        {
            return;
        }

        if (error.Status >= 500)
        {
            LogForwardingFailed(RequestIds.Of(context), failure.Error, failure.Exception?.GetBaseException().Message);
        }

        await ApiErrorResponses.WriteAsync(context, error);
    }

    [LoggerMessage(1, LogLevel.Warning, "Request {RequestId} could not be forwarded: {Error} {Reason}", EventName = "ForwardingFailed")]
    private partial void LogForwardingFailed(string requestId, ForwarderError error, string? reason);
}
