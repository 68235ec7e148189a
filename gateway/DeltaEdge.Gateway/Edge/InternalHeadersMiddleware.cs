using DeltaEdge.Core.Wire;

namespace DeltaEdge.Gateway.Edge;

/// <summary>Takes off what only a gateway may say to a worker. Stands before whatever puts it on.</summary>
internal sealed class InternalHeadersMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        foreach (var name in EdgeHeaders.FromGatewayOnly)
        {
            context.Request.Headers.Remove(name);
        }

        return next(context);
    }
}
