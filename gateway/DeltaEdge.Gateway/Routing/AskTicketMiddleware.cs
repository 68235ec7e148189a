using DeltaEdge.Core.Routing;

namespace DeltaEdge.Gateway.Routing;

/// <summary>Gives an ask's ticket back when it has ended, however it ended. Stands after load balancing, which sets the ticket.</summary>
internal sealed class AskTicketMiddleware(RequestDelegate next, AskLedger ledger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<AskTicket>() is { } ticket)
            {
                ledger.Complete(ticket);
            }
        }
    }
}
