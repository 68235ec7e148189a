using DeltaEdge.Core.Wire;
using Yarp.ReverseProxy.Transforms;

namespace DeltaEdge.Gateway.Retries;

/// <summary>Request feature while an ask may still go to another worker: set to true when this one has said that it cannot take it.</summary>
internal sealed class WorkerRefusal
{
    public bool IsElsewhereBetter { get; private set; }

    /// <summary>Holds back the answer of a worker that drains, or that stands behind a proxy which cannot reach it.</summary>
    public static ValueTask HoldBackAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not null)
        {
            context.HttpContext.Features.Get<Attempt>()?.AnswerBegins();
        }

        if (context.HttpContext.Features.Get<WorkerRefusal>() is { } refusal && context.ProxyResponse is { } response
            && ((int)response.StatusCode == StatusCodes.Status502BadGateway || response.Headers.Contains(EdgeHeaders.Draining)))
        {
            refusal.IsElsewhereBetter = true;
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }
}
