using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Net;

namespace DeltaEdge.Delivery.Sinks;

/// <summary>A target's way out, by its kind.</summary>
internal sealed class SinkFactory(WebhookClient webhooks, TargetConnector connector, TimeProvider time)
{
    public ISink Create(DeliveryTarget target) => target.Type switch
    {
        SinkKinds.Webhook => new WebhookSink(target, webhooks.Http, time),
        SinkKinds.Mqtt => new MqttSink(target, connector),
        SinkKinds.Redis => new RedisSink(target, connector),
        _ => throw new ArgumentException($"No sink of type {target.Type}. Allowed: {SinkKinds.Allowed}.", nameof(target)),
    };
}
