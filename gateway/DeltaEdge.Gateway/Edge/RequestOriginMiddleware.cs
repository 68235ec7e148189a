using DeltaEdge.Gateway.Access;
using DeltaEdge.Telemetry.Http;

namespace DeltaEdge.Gateway.Edge;

/// <summary>Where no key is asked for, keeps out what a page of another site sends through its visitor's browser.</summary>
internal sealed class RequestOriginMiddleware(RequestDelegate next, KeyRequirement requirement)
{
    public Task InvokeAsync(HttpContext context) => !requirement.IsRequired && RequestOrigin.Refuse(context.Request, requirement.IsLoopbackOnly) is { } error
        ? ApiErrorResponses.WriteAsync(context, error)
        : next(context);
}
