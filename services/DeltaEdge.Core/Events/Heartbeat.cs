namespace DeltaEdge.Core.Events;

/// <summary>How a stream goes: by this a receiver tells whether the whole way from the camera to its rules is alive, not only the way from there.</summary>
/// <param name="State">State now, by its wire name.</param>
/// <param name="Answers">Answers given since the heartbeat before; repeats for an unchanged scene count.</param>
/// <param name="LastAnswerAgeMs">Milliseconds since the newest of them; null if its worker has seen none yet.</param>
public sealed record Heartbeat(string State, long Answers, double? LastAnswerAgeMs);
