using Microsoft.AspNetCore.Http;

namespace DeltaEdge.Telemetry.Http;

/// <summary>The <c>x-request-id</c> of a request: the caller's if it is sane, else one of ours; echoed in the response and forwarded.</summary>
public static class RequestIds
{
    public const string Header = "x-request-id";

    private const int LongestAccepted = 128;

    public static string Of(HttpContext context)
    {
        if (context.Items.TryGetValue(Header, out var known))
        {
            return (string)known!;
        }

        var given = context.Request.Headers[Header].ToString();
        var id = IsSane(given) ? given : $"req-{Guid.NewGuid():N}";
        context.Items[Header] = id;
        context.Request.Headers[Header] = id;
        context.Response.OnStarting(static state =>
        {
            var (http, value) = ((HttpContext, string))state;
            http.Response.Headers[Header] = value;
            return Task.CompletedTask;
        }, (context, id));
        return id;
    }

    private static bool IsSane(string id)
    {
        if (id.Length is 0 or > LongestAccepted)
        {
            return false;
        }

        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':'))
            {
                return false;
            }
        }

        return true;
    }
}
