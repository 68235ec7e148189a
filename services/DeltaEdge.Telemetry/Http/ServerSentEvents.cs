using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DeltaEdge.Telemetry.Http;

/// <summary>Writes server-sent events; each is flushed, so that a reader sees it at once.</summary>
public static class ServerSentEvents
{
    public static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["x-accel-buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <param name="context">The response's context.</param>
    /// <param name="name">Event name; null for the default.</param>
    /// <param name="id">Event id; null for none.</param>
    /// <param name="data">One line of UTF-8.</param>
    public static async Task WriteAsync(HttpContext context, string? name, long? id, byte[] data)
    {
        var head = new StringBuilder();
        if (id is { } number)
        {
            head.Append("id: ").Append(number.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }

        if (name is not null)
        {
            head.Append("event: ").Append(name).Append('\n');
        }

        var prefix = Encoding.UTF8.GetBytes(head.Append("data: ").ToString());
        var writer = context.Response.BodyWriter;
        var span = writer.GetSpan(prefix.Length + data.Length + 2);
        prefix.CopyTo(span);
        data.CopyTo(span[prefix.Length..]);
        "\n\n"u8.CopyTo(span[(prefix.Length + data.Length)..]);
        writer.Advance(prefix.Length + data.Length + 2);
        await writer.FlushAsync(context.RequestAborted);
    }

    /// <summary>A comment line, to show that the connection lives.</summary>
    public static async Task HeartbeatAsync(HttpContext context)
    {
        await context.Response.WriteAsync(": heartbeat\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
