namespace DeltaEdge.Streams.Synthetic;

/// <summary>Time of the scenes: something happens at the start of each step, and after so many steps all begins again.</summary>
internal static class SceneTime
{
    public const int Steps = 24;
    public const double StepSeconds = 5;

    /// <summary>Seconds that a change takes.</summary>
    public const double ChangeSeconds = 0.9;

    /// <summary>The step, the one before it, and how far the change between them has come, 0 to 1 with soft ends.</summary>
    public static (int Step, int Before, double Part) At(double seconds)
    {
        var step = (int)(Math.Floor(seconds / StepSeconds) % Steps);
        var part = Math.Min(1, seconds % StepSeconds / ChangeSeconds);
        return (step, (step + Steps - 1) % Steps, part * part * (3 - (2 * part)));
    }
}
