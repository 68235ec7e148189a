using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Lifecycle;

/// <summary>A camera as the API shows it.</summary>
internal static class StreamStatusBuilder
{
    public static StreamStatus Build(Camera camera, FrameCounts frames, string? lastError) => StreamStatuses.Of(camera.Spec, camera.State.Name(), lastError) with
    {
        Frames = frames,
        Rates = camera.Rates,
        Reconnects = camera.Reconnects,
        LastFrameAgeMs = camera.LastFrameAge is { } age ? Math.Round(age.TotalMilliseconds, 1) : null,
    };
}
