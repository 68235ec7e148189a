using System.Globalization;

namespace DeltaEdge.Core.Events;

/// <summary>Events as every part of the system writes them down.</summary>
public static class StreamEvents
{
    public const string State = "state";
    public const string Rule = "rule";
    public const string Heartbeat = "heartbeat";

    /// <summary>Whoever makes the event of the same change gives it the same key.</summary>
    public static StreamEvent OfState(string streamId, StateChange change, DateTimeOffset at) => new()
    {
        Type = State,
        StreamId = streamId,
        At = at,
        DedupeKey = string.Create(CultureInfo.InvariantCulture, $"{streamId}:{State}:{change.To}:{at.UtcTicks}"),
        State = change,
    };
}
