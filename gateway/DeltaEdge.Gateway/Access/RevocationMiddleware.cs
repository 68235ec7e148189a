namespace DeltaEdge.Gateway.Access;

/// <summary>Ends what a key is still reading when it is revoked or over: an event stream or a WebSocket (over HTTP/2 a CONNECT) would outlive it by hours.</summary>
internal sealed class RevocationMiddleware(RequestDelegate next, Authenticator authenticator, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Caller>() is not { Key: var key } || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsConnect(context.Request.Method)))
        {
            await next(context);
            return;
        }

        // Disposing waits for a look in progress, so that none touches a context that serves another request by then.
        await using var watch = time.CreateTimer(_ => EndIfInvalid(), null, Period, Period);
        await next(context);

        void EndIfInvalid()
        {
            if (!authenticator.IsStillValid(key))
            {
                context.Abort();
            }
        }
    }
}
