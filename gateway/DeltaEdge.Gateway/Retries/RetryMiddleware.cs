using System.Globalization;
using DeltaEdge.Core.Routing;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Gateway.Errors;
using DeltaEdge.Gateway.Metrics;
using DeltaEdge.Gateway.Routing;
using DeltaEdge.Telemetry.Http;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace DeltaEdge.Gateway.Retries;

/// <summary>
/// Asks another worker, once and inside the deadline, when the first has failed before a byte of its answer came: an ask changes
/// nothing, so asking twice does no harm. Stands before load balancing, which then chooses among the others.
/// </summary>
internal sealed class RetryMiddleware(RequestDelegate next, SlaCatalog catalog, MonotonicClock clock, KeptMemory memory, GatewayMetrics metrics, IOptions<GatewayOptions> options)
{
    private readonly int _longest = options.Value.RetryMaxBodyBytes;
    private readonly TimeSpan _bodyTimeout = TimeSpan.FromSeconds(options.Value.RetryBodyTimeoutSeconds);
    private readonly int _retryAfter = options.Value.RetryAfterSeconds;

    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        var candidates = proxy.AvailableDestinations;
        if (proxy.Route.Config.RouteId != RouteNames.Chat || candidates.Count < 2 || _longest == 0)
        {
            await next(context);
            return;
        }

        var began = clock.Now;
        using var share = memory.Open();
        KeptBody? body;
        try
        {
            body = await KeepAsync(context, share);
        }
        catch (BadHttpRequestException e)
        {
            await ApiErrorResponses.WriteAsync(context, GatewayErrors.Of(ForwarderError.RequestBodyClient, e, _retryAfter)!);
            return;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await ApiErrorResponses.WriteAsync(context, GatewayErrors.BodyTookTooLong(_bodyTimeout));
            return;
        }

        if (body is null)
        {
            await next(context);
            CountUnlessAnswered(context, RetryOutcome.BodyNotKept);
            return;
        }

        using (body)
        {
            await AskAsync(context, proxy, candidates, body, began);
        }
    }

    /// <summary>The body, if it may be kept.</summary>
    private async Task<KeptBody?> KeepAsync(HttpContext context, KeptMemory.Share share)
    {
        var declared = context.Request.ContentLength ?? 0;
        if (declared > _longest || !share.TryHold(declared))
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(_bodyTimeout);
        return await KeptBody.ReadAsync(context.Request.BodyReader, _longest, share, limit.Token);
    }

    private async Task AskAsync(HttpContext context, IReverseProxyFeature proxy, IReadOnlyList<DestinationState> candidates, KeptBody body, TimeSpan began)
    {
        var due = new AskDue(began, AskDeadline.Of(body.Bytes, RequestTermsReader.Read(context.Request.Headers), catalog));
        context.Features.Set(due);
        var refusal = new WorkerRefusal();
        context.Features.Set(refusal);
        await SendAsync(context, body, clock.Now - began);
        context.Features.Set<WorkerRefusal>(null);
        if (!HasFailed(context, refusal))
        {
            body.IsDone = context.GetForwarderErrorFeature() is null;
            return;
        }

        var elapsed = clock.Now - began;
        DestinationState[] others = [.. candidates.Where(d => d != proxy.ProxiedDestination)];
        if (others.Length == 0 || elapsed >= due.Deadline)
        {
            metrics.Retried(others.Length == 0 ? RetryOutcome.NoOtherWorker : RetryOutcome.DeadlineOver);
            await RefuseAsync(context, refusal);
            return;
        }

        Reset(context, proxy, others);
        await SendAsync(context, body, elapsed);
        metrics.Retried(context.GetForwarderErrorFeature() is null ? RetryOutcome.Answered : RetryOutcome.Failed);
    }

    /// <summary>Sends it on, and says what has passed of its deadline: taking in its body, and earlier attempts.</summary>
    private Task SendAsync(HttpContext context, KeptBody body, TimeSpan elapsed)
    {
        context.Request.Body = body.Open();
        context.Request.Headers[EdgeHeaders.ElapsedMs] = Math.Ceiling(elapsed.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return next(context);
    }

    /// <summary>Whether no byte of an answer has come, nor will, and somebody still waits for one.</summary>
    private static bool HasFailed(HttpContext context, WorkerRefusal refusal) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
        && (refusal.IsElsewhereBetter || context.GetForwarderErrorFeature()?.Error is ForwarderError.Request or ForwarderError.RequestBodyDestination);

    private static void Reset(HttpContext context, IReverseProxyFeature proxy, IReadOnlyList<DestinationState> others)
    {
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Features.Set<AskTicket>(null);
        proxy.ProxiedDestination = null;
        proxy.AvailableDestinations = others;
        context.Response.OnStarting(static state =>
        {
            ((HttpContext)state).Response.Headers[EdgeHeaders.Retried] = "1";
            return Task.CompletedTask;
        }, context);
    }

    /// <summary>The answer that was held back was not for the client; what failed in transport gets its words from the step outside.</summary>
    private Task RefuseAsync(HttpContext context, WorkerRefusal refusal) =>
        refusal.IsElsewhereBetter ? ApiErrorResponses.WriteAsync(context, GatewayErrors.NoWorker(_retryAfter)) : Task.CompletedTask;

    private void CountUnlessAnswered(HttpContext context, string outcome)
    {
        if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
            && context.GetForwarderErrorFeature()?.Error is ForwarderError.Request or ForwarderError.RequestBodyDestination)
        {
            metrics.Retried(outcome);
        }
    }
}
