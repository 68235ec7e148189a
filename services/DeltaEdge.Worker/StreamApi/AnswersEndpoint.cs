using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Http;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>
/// <c>GET /v1/streams/{id}/answers</c>: server-sent events that resume by <c>Last-Event-ID</c> for a reader that accepts
/// <c>text/event-stream</c>; else a JSON page of what is there after <c>?after=</c>.
/// </summary>
internal sealed class AnswersEndpoint(AnswerFeeds feeds, MonotonicClock clock)
{
    public const int MostPerPage = 500;

    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(10);

    public async Task HandleAsync(HttpContext context, string id)
    {
        if (feeds.Find(id) is not { } feed)
        {
            await ApiErrorResponses.WriteAsync(context, StreamRegistry.NoSuchStream(id));
            return;
        }

        if (context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await FollowAsync(context, feed);
        }
        else
        {
            await PageAsync(context, feed);
        }
    }

    /// <summary>Without <c>Last-Event-ID</c> a reader gets what comes from now on; with it, what it missed first.</summary>
    private async Task FollowAsync(HttpContext context, AnswerFeed feed)
    {
        var header = context.Request.Headers["Last-Event-ID"].ToString();
        var after = feed.LastId;
        if (header.Length > 0 && !long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.Invalid("Last-Event-ID", "'Last-Event-ID' must be the id of an event of this feed."));
            return;
        }

        ServerSentEvents.Begin(context);
        await ServerSentEvents.HeartbeatAsync(context);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await using var items = feed.FollowAsync(after, left.Token).GetAsyncEnumerator(left.Token);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            while (await NextOrHeartbeatAsync(context, next))
            {
                await SendAsync(context, items.Current);
                next = items.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The reader may have left while the next answer was waited for; the enumerator can only be disposed once that has ended.
            await left.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for the next item, with a heartbeat whenever none has come for a while. False at the feed's end.</summary>
    private async Task<bool> NextOrHeartbeatAsync(HttpContext context, Task<bool> next)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(HeartbeatEvery, clock.Provider, context.RequestAborted);
            }
            catch (TimeoutException)
            {
                await ServerSentEvents.HeartbeatAsync(context);
            }
        }
    }

    private static Task SendAsync(HttpContext context, FeedItem item) => item.Answer is { } answer
        ? ServerSentEvents.WriteAsync(context, "answer", answer.Id, JsonSerializer.SerializeToUtf8Bytes(answer, StreamJsonContext.Default.StreamAnswer))
        : ServerSentEvents.WriteAsync(context, "gap", item.NextId - 1, JsonSerializer.SerializeToUtf8Bytes(new FeedGap(item.Missed, item.NextId), AnswerPageJson.Default.FeedGap));

    private static async Task PageAsync(HttpContext context, AnswerFeed feed)
    {
        if (!TryNumber(context, "after", 0, long.MaxValue, 0, out var after, out var error) || !TryNumber(context, "limit", 1, MostPerPage, 100, out var limit, out error))
        {
            await ApiErrorResponses.WriteAsync(context, error!);
            return;
        }

        var items = feed.ReadAfter(after, (int)limit);
        var missed = 0L;
        var answers = new List<Core.Answers.StreamAnswer>(items.Length);
        foreach (var item in items)
        {
            missed += item.Missed;
            if (item.Answer is not null)
            {
                answers.Add(item.Answer);
            }
        }

        var page = new AnswerPage("list", answers, answers.Count > 0 ? answers[^1].Id : Math.Min(after, feed.LastId), missed);
        await context.Response.WriteAsJsonAsync(page, AnswerPageJson.Default.AnswerPage, contentType: null, context.RequestAborted);
    }

    private static bool TryNumber(HttpContext context, string name, long min, long max, long standard, out long value, out ApiError? error)
    {
        var text = context.Request.Query[name].ToString();
        (value, error) = (standard, null);
        if (text.Length > 0 && (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) || value < min || value > max))
        {
            error = ApiError.Invalid(name, $"'{name}' must be an integer from {min} to {max}.");
        }

        return error is null;
    }
}
