using DeltaEdge.Gateway.Errors;
using DeltaEdge.Telemetry.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Edge;

/// <summary>Refuses a body that says it is too long before a byte of it is read, and bounds one that does not say.</summary>
internal sealed class BodyLimitMiddleware(RequestDelegate next, IOptions<GatewayOptions> options)
{
    private readonly long _limit = options.Value.MaxBodyBytes;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength > _limit)
        {
            return ApiErrorResponses.WriteAsync(context, GatewayErrors.BodyTooLarge(_limit));
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = _limit;
        }

        return next(context);
    }
}
