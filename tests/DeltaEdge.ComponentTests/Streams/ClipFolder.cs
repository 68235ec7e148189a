using System.Diagnostics;
using System.Globalization;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>A folder of small clips that ffmpeg draws, gone with the test.</summary>
public sealed class ClipFolder : IDisposable
{
    public const int Side = 64;

    // Luma step between frames: wide enough to survive the codec, small enough for 25 frames.
    private const int LumaStep = 8;

    public ClipFolder() => Root = Directory.CreateTempSubdirectory("deltaedge-clips-").FullName;

    public string Root { get; }

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>A clip whose n-th frame is a flat grey that says n; H.264 with B-frames, as cameras and cutters make.</summary>
    public string Numbered(string name, int fps, int frames)
    {
        var source = string.Create(CultureInfo.InvariantCulture, $"color=black:s={Side}x{Side}:r={fps},geq=lum=20+{LumaStep}*N:cb=128:cr=128");
        return Run(name, ["-f", "lavfi", "-i", source, "-frames:v", Text(frames), "-c:v", "libx264", "-bf", "2", "-qp", "4", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]);
    }

    public string White(string name, int width, int height) =>
        Run(name, ["-f", "lavfi", "-i", $"color=white:s={width}x{height}:r=10", "-frames:v", "5", "-c:v", "libx264", "-pix_fmt", "yuv420p"]);

    /// <summary>One grey as an MPEG transport stream, 25 fps.</summary>
    /// <param name="name">Of the file.</param>
    /// <param name="codec">ffmpeg's encoder.</param>
    /// <param name="side">Pixels.</param>
    /// <param name="grey">As ffmpeg writes colours.</param>
    /// <param name="seconds">Length.</param>
    /// <param name="gop">Frames from one key frame to the next.</param>
    public string Stream(string name, string codec, int side, string grey, int seconds = 1, int gop = 5) =>
        Run(name, ["-f", "lavfi", "-i", $"color={grey}:s={side}x{side}:r=25", "-t", Text(seconds), "-c:v", codec, "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", Text(gop), "-f", "mpegts"]);

    /// <summary>The clip in another container, as it is; by the name's ending.</summary>
    /// <param name="name">Of the new file.</param>
    /// <param name="clip">The clip's path.</param>
    /// <param name="isCutOff">Whether the recorder was killed: nobody came back to write down how long it is.</param>
    public string Copy(string name, string clip, bool isCutOff = false) => Run(name, ["-i", clip, "-c", "copy", .. isCutOff ? ["-live", "1"] : Array.Empty<string>()]);

    public string Sound(string name) => Run(name, ["-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac"]);

    public string Text(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>The number that a frame of <see cref="Numbered"/> shows.</summary>
    public static int NumberIn(ReadOnlySpan<byte> pixels)
    {
        var level = pixels[((Side / 2 * Side) + (Side / 2)) * 3];
        return (int)Math.Round(((level * 219 / 255.0) + 16 - 20) / LumaStep);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Run(string name, string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["-nostdin", "-v", "error", "-y", .. arguments, PathOf(name)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return PathOf(name);
    }
}
