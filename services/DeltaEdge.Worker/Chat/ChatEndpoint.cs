using System.Text.Json;
using System.Threading.Channels;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Telemetry.Http;
using DeltaEdge.Worker.Asking;
using DeltaEdge.Worker.Edge;
using DeltaEdge.Worker.Images;
using DeltaEdge.Worker.Serving;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.Worker.Chat;

/// <summary>
/// <c>POST /v1/chat/completions</c>.
/// </summary>
/// <remarks>
/// 1 read the body as JSON; 2 parse it; 3 fetch the image if it is a URL; 4 ask the engine, which decodes the image when its turn comes near;
/// 5 answer whole, or 6 as server-sent chunks. A refusal before the first chunk keeps its own status.
/// </remarks>
internal sealed class ChatEndpoint(ChatRequestParser parser, FrameReader frames, ImageFetcher images, MeteredAsker asker, ModelInForce models, MonotonicClock clock)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    public async Task HandleAsync(HttpContext context)
    {
        var terms = RequestTermsReader.Read(context.Request.Headers);
        var arrived = clock.Now - terms.Elapsed;
        var requestId = RequestIds.Of(context);

        // :: Step 1
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(ByteOrderMark.Skip(await WholeBody.ReadAsync(context.Request, context.RequestAborted)), Strict);
        }
        catch (JsonException e)
        {
            await ApiErrorResponses.WriteAsync(context, ApiError.Invalid("body", $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine}).", "invalid_json"));
            return;
        }

        // :: Steps 2 and 3
        ChatRequest chat;
        using (document)
        {
            if (!parser.Parse(document.RootElement, terms).TryGet(out chat!, out var refused))
            {
                await ApiErrorResponses.WriteAsync(context, refused);
                return;
            }
        }

        var captured = Captured(arrived, chat.CapturedAgo);
        var read = await ReadImageAsync(chat, context.RequestAborted);
        if (!read.TryGet(out var frame, out var unreadable))
        {
            await ApiErrorResponses.WriteAsync(context, unreadable);
            return;
        }

        // :: Step 4
        using var lease = models.Take();
        var model = lease.Model;
        var least = chat.Range.Clamp(model.Curves.FloorOf(chat.StreamKey, chat.Kind));
        var range = chat.WantsLeast ? new BudgetRange(least, least) : chat.Range;
        asker.Arrived(model, chat.StreamKey, chat.Sla.Name, range, chat.Kind);
        var ask = new AskRequest
        {
            Frame = frame,
            Question = chat.Question,
            Kind = chat.Kind,
            Range = range,
            SlaClass = chat.Sla.Name,
            CapturedAt = captured,
            Deadline = captured + TimeSpan.FromMilliseconds(chat.DeadlineMs),
            Stream = chat.StreamKey,
            MaxNewTokens = chat.MaxNewTokens,
        };
        var writer = new ChatWriter($"chatcmpl-{requestId}", clock.Provider.GetUtcNow().ToUnixTimeSeconds(), model.Name, chat.Sla.Name);
        if (chat.Stream)
        {
            await StreamAsync(context, model, ask, chat, writer, requestId);
            return;
        }

        // :: Step 5
        var (outcome, info) = await asker.AskAsync(model, ask, context.RequestAborted);
        if (outcome.Status == AskStatus.Cancelled)
        {
            return;
        }

        if (AskErrors.Of(outcome, chat.DeadlineMs, requestId) is { } error)
        {
            await ApiErrorResponses.WriteAsync(context, error);
            return;
        }

        SetBudgetHeader(context, info);
        await context.Response.WriteAsJsonAsync(writer.Whole(outcome, info), ChatJson.Default.ChatCompletion, contentType: null, context.RequestAborted);
    }

    /// <summary>By the caller's word, said of the moment the body was parsed; at the latest when the request arrived, body and all.</summary>
    private TimeSpan Captured(TimeSpan arrived, TimeSpan? ago) => ago is { } before && clock.Now - before is var then && then < arrived ? then : arrived;

    private async Task<Result<VisionFrame>> ReadImageAsync(ChatRequest chat, CancellationToken cancellationToken)
    {
        if (chat.ImageUrl is not { } url)
        {
            return frames.Open(chat.ImageBytes, "messages");
        }

        return (await images.FetchAsync(url, "image_url.url", cancellationToken)).TryGet(out var bytes, out var error) ? frames.Open(bytes, "image_url.url") : error;
    }

    // :: Step 6
    private async Task StreamAsync(HttpContext context, ServedModel model, AskRequest ask, ChatRequest chat, ChatWriter writer, string requestId)
    {
        var pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = false });
        var running = RunAsync(model, ask with { OnText = piece => pieces.Writer.TryWrite(piece) }, pieces.Writer, context.RequestAborted);
        var begun = false;
        await foreach (var piece in pieces.Reader.ReadAllAsync(context.RequestAborted))
        {
            if (!begun)
            {
                begun = true;
                ServerSentEvents.Begin(context);
                await SendAsync(context, writer.Start());
            }

            await SendAsync(context, writer.Text(piece));
        }

        var (outcome, info) = await running;
        if (outcome.Status == AskStatus.Cancelled)
        {
            return;
        }

        if (AskErrors.Of(outcome, chat.DeadlineMs, requestId) is { } error)
        {
            if (!begun)
            {
                await ApiErrorResponses.WriteAsync(context, error);
                return;
            }

            await ServerSentEvents.WriteAsync(context, null, null, JsonSerializer.SerializeToUtf8Bytes(error.Body, WireJson.Default.ApiErrorBody));
            return;
        }

        if (!begun)
        {
            ServerSentEvents.Begin(context);
            await SendAsync(context, writer.Start());
        }

        await SendAsync(context, writer.End(outcome, info));
        if (chat.IncludeUsage)
        {
            await SendAsync(context, writer.UsageOnly(outcome));
        }

        await ServerSentEvents.WriteAsync(context, null, null, "[DONE]"u8.ToArray());
    }

    private async Task<(AskOutcome Outcome, AnswerInfo Info)> RunAsync(ServedModel model, AskRequest ask, ChannelWriter<string> pieces, CancellationToken cancellationToken)
    {
        try
        {
            return await asker.AskAsync(model, ask, cancellationToken);
        }
        finally
        {
            pieces.Complete();
        }
    }

    private static Task SendAsync(HttpContext context, ChatCompletion chunk) =>
        ServerSentEvents.WriteAsync(context, null, null, JsonSerializer.SerializeToUtf8Bytes(chunk, ChatJson.Default.ChatCompletion));

    private static void SetBudgetHeader(HttpContext context, AnswerInfo info) =>
        context.Response.Headers["x-deltaedge-budget"] = info.Budget.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
