using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Delivery;

/// <summary>The <c>deliver</c> of a stream: a list of targets, or null or nothing for none.</summary>
internal static class TargetListParser
{
    private const string Field = "deliver";
    private const int MaxTargets = 8;
    private const int MaxUrlLength = 2048;
    private const int MinSecretLength = 16;
    private const int MaxSecretLength = 256;
    private const int MaxNameLength = 200;
    private const int MostEntries = 1_000_000;
    private const int DefaultEntries = 1000;
    private const string DefaultTopic = "deltaedge/{stream}/{type}";
    private const string DefaultKey = "deltaedge:{stream}";
    private const string Allowed = "Allowed: up to 8 targets, each {\"type\", \"url\", \"what\"}; a webhook with \"secret\", mqtt with \"topic\", redis with \"key\" and \"max_length\"";

    /// <param name="fields">The stream's fields.</param>
    /// <param name="current">What an absent list means.</param>
    /// <param name="targets">The result.</param>
    public static ApiError? Read(JsonFields fields, ImmutableArray<DeliveryTarget>? current, out ImmutableArray<DeliveryTarget> targets)
    {
        targets = fields.IsAbsent(Field) ? current ?? [] : [];
        if (!fields.Has(Field))
        {
            return null;
        }

        if (!fields.TryArray(Field, out var list) || list.GetArrayLength() > MaxTargets)
        {
            return ApiError.Invalid(Field, $"deliver is not a list, or too long. {Allowed}.");
        }

        var read = ImmutableArray.CreateBuilder<DeliveryTarget>();
        foreach (var element in list.EnumerateArray())
        {
            if (ReadOne(element, $"{Field}[{read.Count}]", current, out var target) is { } error)
            {
                return error;
            }

            if (read.Any(t => t.Identity == target!.Identity))
            {
                return ApiError.Invalid($"{Field}[{read.Count}]", $"{Field}[{read.Count}] is in the list already. Allowed: targets that differ.");
            }

            read.Add(target!);
        }

        targets = read.DrainToImmutable();
        return null;
    }

    private static ApiError? ReadOne(JsonElement element, string place, ImmutableArray<DeliveryTarget>? current, out DeliveryTarget? target)
    {
        target = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return ApiError.Invalid(place, $"{place} is not an object. {Allowed}.");
        }

        var fields = new JsonFields(element);
        if (!fields.TryText("type", out var type) || type is not (SinkKinds.Webhook or SinkKinds.Mqtt or SinkKinds.Redis))
        {
            return ApiError.Invalid($"{place}.type", $"{place}.type is not a kind of target. Allowed: {SinkKinds.Allowed}.");
        }

        var shown = current?.FirstOrDefault(t => t.Type == type && fields.TryText("url", out var text) && text == t.Redacted().Url);
        if (ReadUrl(fields, $"{place}.url", type, shown, out var url) is { } error
            || (error = ReadWhat(fields, $"{place}.what", out var what)) is not null
            || (error = ReadSecret(fields, $"{place}.secret", type, shown, out var secret)) is not null
            || (error = ReadName(fields, "topic", place, type == SinkKinds.Mqtt, DefaultTopic, "+#$", out var topic)) is not null
            || (error = ReadName(fields, "key", place, type == SinkKinds.Redis, DefaultKey, "", out var key)) is not null
            || (error = ReadLength(fields, place, type, out var length)) is not null)
        {
            return error;
        }

        target = new DeliveryTarget
        {
            Type = type,
            Url = url,
            What = what,
            Secret = secret,
            Topic = topic,
            Key = key,
            MaxLength = length,
        };
        return null;
    }

    /// <param name="fields">The target's.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="type">Its type.</param>
    /// <param name="shown">The stream's target that is shown under this very URL, if there is one: whoever sends back what was shown means that one.</param>
    /// <param name="url">The result.</param>
    private static ApiError? ReadUrl(JsonFields fields, string place, string type, DeliveryTarget? shown, out string url)
    {
        if (shown is not null)
        {
            url = shown.Url;
            return null;
        }

        if (fields.TryText("url", out url) && url.Contains(DeliveryTarget.Hidden, StringComparison.Ordinal))
        {
            return ApiError.Invalid(place, $"{place} holds {DeliveryTarget.Hidden}, which stands for what is not shown, and no target of this stream is shown like that. Allowed: the whole URL.");
        }

        string[] schemes = type == SinkKinds.Webhook ? ["http", "https"] : [type, type + "s"];
        return fields.TryText("url", out url) && url.Length <= MaxUrlLength && !url.Any(char.IsControl)
            && Uri.TryCreate(url, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme) && uri.Host.Length > 0 && uri.Fragment.Length == 0
            && (type != SinkKinds.Redis || uri.AbsolutePath is "" or "/" || byte.TryParse(uri.AbsolutePath.AsSpan(1), out _))
            && (type != SinkKinds.Webhook || uri.UserInfo.Length == 0)
                ? null
                : ApiError.Invalid(place, type switch
                {
                    SinkKinds.Webhook => $"{place} is not a URL to post to. Allowed: http:// or https://, without user and password.",
                    SinkKinds.Mqtt => $"{place} is not the URL of a broker. Allowed: mqtt:// or mqtts://, as in mqtt://user:password@host:1883.",
                    _ => $"{place} is not the URL of a Redis server. Allowed: redis:// or rediss://, as in redis://user:password@host:6379/0.",
                });
    }

    private static ApiError? ReadWhat(JsonFields fields, string place, out ImmutableArray<string> what)
    {
        what = ["events"];
        if (!fields.Has("what"))
        {
            return null;
        }

        var read = fields.TryArray("what", out var list) ? list.EnumerateArray().Select(e => JsonFields.TryText(e, out var text) ? text : "").Distinct().Order(StringComparer.Ordinal).Reverse().ToArray() : [];
        what = [.. read];
        return read.Length > 0 && read.All(w => w is "events" or "answers") ? null : ApiError.Invalid(place, $"{place} is not a list of what to deliver. Allowed: events, answers.");
    }

    private static ApiError? ReadSecret(JsonFields fields, string place, string type, DeliveryTarget? shown, out string? secret)
    {
        secret = null;
        if (!fields.Has("secret"))
        {
            return null;
        }

        var isText = fields.TryText("secret", out secret);
        if (secret == DeliveryTarget.Hidden && shown?.Secret is { } kept)
        {
            secret = kept;
            return null;
        }

        return isText && type == SinkKinds.Webhook && secret is { Length: >= MinSecretLength and <= MaxSecretLength } && !secret.Any(char.IsControl)
            ? null
            : ApiError.Invalid(place, $"{place} cannot be used. Allowed: of a webhook, {MinSecretLength} to {MaxSecretLength} characters.");
    }

    private static ApiError? ReadName(JsonFields fields, string name, string place, bool applies, string standard, string without, out string? value)
    {
        value = applies ? standard : null;
        if (!fields.Has(name))
        {
            return null;
        }

        var isText = fields.TryText(name, out value);
        return isText && applies && value is { Length: > 0 and <= MaxNameLength } && !value.Any(c => char.IsControl(c) || without.Contains(c, StringComparison.Ordinal))
            ? null
            : ApiError.Invalid($"{place}.{name}", applies
                ? $"{place}.{name} cannot be used. Allowed: 1 to {MaxNameLength} characters{(without.Length > 0 ? $" without {string.Join(' ', without.AsEnumerable())}" : "")}; {{stream}} and {{type}} stand for the stream's id and what happened."
                : $"{place}.{name} does not belong to this type of target.");
    }

    private static ApiError? ReadLength(JsonFields fields, string place, string type, out int? length)
    {
        var error = fields.ReadInteger("max_length", 1, MostEntries, DefaultEntries, null, out var value);
        length = type == SinkKinds.Redis ? value : null;
        return error is null ? null : error with { Param = $"{place}.{error.Param}", Message = $"{place}.{error.Message}" };
    }
}
