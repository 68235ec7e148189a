using System.Globalization;
using DeltaEdge.Core.Time;
using DeltaEdge.Gateway.Discovery;
using DeltaEdge.Gateway.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace DeltaEdge.Gateway.Retries;

/// <summary>
/// Gives up on a worker from which no answer will come: one that has left the fleet, or that is silent past the ask's deadline. A
/// worker that is only slow says so at the deadline, so an ask is not doubled for it. Stands after load balancing, which chose the worker.
/// </summary>
internal sealed class AttemptMiddleware(RequestDelegate next, WorkerConfigProvider workers, MonotonicClock clock, IOptions<GatewayOptions> options)
{
    private readonly TimeSpan _grace = TimeSpan.FromMilliseconds(options.Value.AnswerGraceMs);

    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        if (proxy.Route.Config.RouteId != RouteNames.Chat || proxy.AvailableDestinations is not [var worker])
        {
            await next(context);
            return;
        }

        var end = new CancellationTokenSource(); // without a timer it holds nothing to dispose of
        var attempt = new Attempt(end);
        context.Features.Set(attempt);
        var client = context.RequestAborted;
        context.RequestAborted = end.Token;
        try
        {
            await using var gone = client.UnsafeRegister(static state => _ = ((CancellationTokenSource)state!).CancelAsync(), end);
            await AskAsync(context, attempt, worker.DestinationId, worker.Model.Config.Address);
        }
        finally
        {
            context.RequestAborted = client;
        }

        if (attempt.Failure is { } failure && context.GetForwarderErrorFeature() is not null)
        {
            context.Features.Set(failure);
        }
    }

    private async Task AskAsync(HttpContext context, Attempt attempt, string worker, string address)
    {
        var due = context.Features.Get<AskDue>();
        await using var timer = due is null ? null : clock.Provider.CreateTimer(_ => attempt.GiveUp(ForwarderError.RequestTimedOut, Overdue(due)), null, Later(due.At + _grace - clock.Now), Timeout.InfiniteTimeSpan);
        using var changes = ChangeToken.OnChange(() => workers.Current.ChangeToken, GiveUpIfItLeft);
        GiveUpIfItLeft();
        await next(context);

        void GiveUpIfItLeft()
        {
            if (workers.Current.Addresses.TryGetValue(worker, out var known) && known == address)
            {
                return;
            }

            if (due is not null && clock.Now >= due.At)
            {
                attempt.GiveUp(ForwarderError.RequestTimedOut, Overdue(due));
            }
            else
            {
                attempt.GiveUp(ForwarderError.Request, $"Worker {worker} left before it answered.");
            }
        }
    }

    private static string Overdue(AskDue due) => string.Create(
        CultureInfo.InvariantCulture, $"The worker was silent past the ask's deadline of {due.Deadline.TotalMilliseconds:0} ms. Allow more with deltaedge.deadline_ms.");

    private static TimeSpan Later(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
