using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Streams;

/// <summary>A question of a stream on the wire.</summary>
/// <param name="Id">Stable name within the stream.</param>
/// <param name="Text">The question.</param>
/// <param name="Kind">Wire name of its kind.</param>
public sealed record StreamQuestionStatus(string Id, string Text, string Kind)
{
    /// <summary>Fewest visual tokens that it is given here: the stream's floor or its kind's, whichever is higher. Only where one stream is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Floor { get; init; }

    /// <summary>Expected accuracy by budget on this stream, as corrected by probes. Only where one stream is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<int, double>? Accuracy { get; init; }

    /// <summary>By budget that was probed on this stream: how often its answers agree with the best budget's, 0 to 1. Left out before the first probe.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<int, double>? Agreement { get; init; }

    /// <summary>By budget that was probed on this stream: how many probes that rests on, old ones faded. Left out before the first probe.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<int, double>? Probes { get; init; }
}
