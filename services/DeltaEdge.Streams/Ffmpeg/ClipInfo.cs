namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>What ffprobe tells about a source.</summary>
/// <param name="Fps">Frames per second.</param>
/// <param name="Frames">Frames in it; 0 if unknown.</param>
/// <param name="DurationSeconds">Length; 0 for a live source, or if unknown.</param>
/// <param name="IsPaced">Whether it comes faster than real time unless it is held back.</param>
internal sealed record ClipInfo(double Fps, long Frames, double DurationSeconds, bool IsPaced)
{
    /// <summary>Every how-manieth frame gives at least so many a second.</summary>
    public int StepFor(double fps) => Math.Max(1, (int)Math.Floor((Fps / fps) + 1e-6));

    /// <summary>Position of the n-th frame decoded, however often the clip has started again since.</summary>
    public double PositionOf(long frame) =>
        Frames > 0 ? frame % Frames / Fps
        : DurationSeconds > 0 ? frame / Fps % DurationSeconds
        : frame / Fps;
}
