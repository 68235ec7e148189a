using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.Tracing;

/// <summary>Names the spans of requests that ask something; the framework calls all alike.</summary>
internal sealed class AskRequests : IStartupFilter
{
    /// <summary>Tag that such a span has, and no other.</summary>
    public const string IsAsk = "deltaedge.ask";

    private static readonly PathString Chat = "/v1/chat/completions";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, go) =>
        {
            if (Activity.Current is { Recorded: true } span && context.Request.Path == Chat)
            {
                span.DisplayName = $"{context.Request.Method} {Chat}";
                span.SetTag(IsAsk, true);
            }

            return go(context);
        });
        next(app);
    };
}
