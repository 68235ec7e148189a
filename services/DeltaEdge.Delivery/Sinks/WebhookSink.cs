using System.Net.Http.Headers;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Outbox;

namespace DeltaEdge.Delivery.Sinks;

/// <summary>Posts each message as JSON. <see cref="WebhookStatus"/> tells what its answer means; no redirect is followed.</summary>
internal sealed class WebhookSink(DeliveryTarget target, HttpClient http, TimeProvider time) : ISink
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Uri _url = new(target.Url);

    public async Task<SendResult> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url);
        request.Content = new ByteArrayContent(message.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("idempotency-key", message.DedupeKey);
        request.Headers.Add("x-deltaedge-type", message.Type);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("deltaedge", null));
        if (target.Secret is { } secret)
        {
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, time.GetUtcNow(), message.Body));
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var status = (int)response.StatusCode;
        return WebhookStatus.IsDelivered(status) ? SendResult.Delivered
            : WebhookStatus.IsRefusal(status) ? new SendResult(SendOutcome.Refused, $"HTTP {status}")
            : new SendResult(SendOutcome.Failed, $"HTTP {status}", PauseOf(response.Headers.RetryAfter));
    }

    // The client is shared.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TimeSpan? PauseOf(RetryConditionHeaderValue? header)
    {
        var pause = header?.Delta ?? header?.Date - time.GetUtcNow();
        return pause > LongestPause ? LongestPause : pause;
    }
}
