using System.Collections.Immutable;

namespace DeltaEdge.Core.Delivery;

/// <summary>Kinds of target, by their wire names; also the values of the metric label <c>sink</c>.</summary>
public static class SinkKinds
{
    public const string Webhook = "webhook";
    public const string Mqtt = "mqtt";
    public const string Redis = "redis";

    public static ImmutableArray<string> All { get; } = [Webhook, Mqtt, Redis];

    public const string Allowed = "webhook, mqtt, redis";
}
