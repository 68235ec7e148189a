namespace DeltaEdge.Core.Streams;

/// <summary>Wire names of the stream states.</summary>
public static class StreamStates
{
    private static readonly string[] Names = ["connecting", "running", "stalled", "reconnecting", "paused", "failed", "ended"];

    public static string Name(this StreamState state) => Names[(int)state];
}
