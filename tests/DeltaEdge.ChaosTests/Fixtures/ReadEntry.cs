using System.Text.Json;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>One server-sent event that a reader got.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Event">answer, gap, or the name of an event.</param>
/// <param name="Data">Its JSON.</param>
/// <param name="At">When it came, from the reader's begin.</param>
internal sealed record ReadEntry(long Id, string Event, JsonElement Data, TimeSpan At)
{
    public bool IsAnswer => Event == "answer";

    /// <summary>The worker that gave the answer; null for others than answers.</summary>
    public string? Worker => IsAnswer ? Data.GetProperty("deltaedge").GetProperty("worker").GetString() : null;
}
