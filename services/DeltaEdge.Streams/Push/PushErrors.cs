using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Streams.Lifecycle;

namespace DeltaEdge.Streams.Push;

/// <summary>Why a pushed frame is not taken.</summary>
internal static class PushErrors
{
    private const int RetryAfterSeconds = 1; // The header knows no shorter wait.

    public static ApiError NotOpen(Camera camera) => SourceSyntax.KindOf(camera.Spec.Source) == SourceKind.Push
        ? ApiError.Conflict("id", $"The stream {camera.Spec.Id} is {camera.State.Name()} and takes no frames now. Allowed: frames to a stream that is connecting, running or stalled.")
        : ApiError.Conflict("id", $"The stream {camera.Spec.Id} reads its frames from its source. Allowed: frames to streams with the source {SourceSyntax.Push}");

    public static ApiError TooFast(double fps) => new(
        429, FormattableString.Invariant($"Frames come faster than this stream takes them. Allowed: {fps} a second."), "rate_limit_error", null, "rate_limit_exceeded", RetryAfterSeconds);

    public static ApiError Busy() => ApiError.Overloaded(RetryAfterSeconds, "Earlier frames of this stream are still being decoded.");
}
