using System.ComponentModel;
using System.Diagnostics;

namespace DeltaEdge.Cli.Load;

/// <summary>Distinct JPEG frames of the sample clips, read once through ffmpeg: real content for a load, so that no cache flatters it.</summary>
internal static class ClipFrames
{
    /// <param name="clip">Video file.</param>
    /// <param name="framesPerSecond">How densely to sample it.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    /// <exception cref="InvalidOperationException">ffmpeg is missing or cannot read the clip.</exception>
    public static async Task<IReadOnlyList<byte[]>> ReadAsync(string clip, int framesPerSecond, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-nostdin", "-v", "error", "-i", clip, "-vf", $"fps={framesPerSecond}", "-q:v", "3", "-f", "image2pipe", "-c:v", "mjpeg", "pipe:1"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start);
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var frames = Split(output.GetBuffer().AsSpan(0, (int)output.Length));
        return frames.Count > 0 ? frames : throw new InvalidOperationException($"ffmpeg read no frame from {Path.GetFileName(clip)}: {(await errors).Trim()}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"ffmpeg, which reads the sample clips, cannot be started; is it installed? {e.Message}", e);
        }
    }

    /// <summary>Cuts concatenated JPEG files at their end markers; an 0xFF inside entropy-coded data is always followed by 0x00 or a restart marker.</summary>
    internal static List<byte[]> Split(ReadOnlySpan<byte> data)
    {
        var frames = new List<byte[]>();
        var begin = 0;
        for (var i = 0; i + 1 < data.Length; i++)
        {
            if (data[i] == 0xFF && data[i + 1] == 0xD9)
            {
                frames.Add(data[begin..(i + 2)].ToArray());
                begin = i + 2;
                i++;
            }
        }

        return frames;
    }
}
