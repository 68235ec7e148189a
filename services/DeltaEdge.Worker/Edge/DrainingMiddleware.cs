using DeltaEdge.Core.Wire;

namespace DeltaEdge.Worker.Edge;

/// <summary>Marks the failures of a worker that is stopping, so that the gateway asks another one.</summary>
internal sealed class DrainingMiddleware(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError && lifetime.ApplicationStopping.IsCancellationRequested)
            {
                context.Response.Headers[EdgeHeaders.Draining] = "1";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
