using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Delivery;

/// <summary>Where a stream's events and answers go. Written as in the API; holds credentials: show <see cref="Redacted"/> instead.</summary>
public sealed record DeliveryTarget
{
    public const string Hidden = "***";

    /// <summary>One of <see cref="SinkKinds"/>.</summary>
    public required string Type { get; init; }

    /// <summary>http or https, mqtt or mqtts, redis or rediss; user and password inside.</summary>
    public required string Url { get; init; }

    /// <summary>Of a webhook: key of its signatures; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>Of MQTT: where to publish, with {stream} and {type} in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Topic { get; init; }

    /// <summary>Of Redis: the stream to add to, with {stream} and {type} in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>Of Redis: entries it is kept at, about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxLength { get; init; }

    /// <summary>events, answers or both.</summary>
    public required ImmutableArray<string> What { get; init; }

    /// <summary>Whether answers go there too, or events only.</summary>
    [JsonIgnore]
    public bool WantsAnswers => What.Contains("answers");

    [JsonIgnore]
    public bool WantsEvents => What.Contains("events");

    /// <summary>The same for all streams that deliver to the same place in the same way; tells nothing of its credentials.</summary>
    [JsonIgnore]
    public string Identity => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Type, Url, Secret, Topic, Key, MaxLength))).AsSpan(0, 16));

    /// <summary>What may be shown: no user, password or secret; of a webhook no path either, which often is one.</summary>
    public DeliveryTarget Redacted()
    {
        var uri = new Uri(Url);
        var rest = uri.PathAndQuery is "/" ? "" : Type == SinkKinds.Webhook ? "/" + Hidden : uri.AbsolutePath;
        return this with { Url = $"{uri.Scheme}://{uri.Authority}{rest}", Secret = Secret is null ? null : Hidden };
    }
}
