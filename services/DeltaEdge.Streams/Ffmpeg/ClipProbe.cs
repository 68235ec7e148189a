using System.Text.Json;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Sources;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>Asks ffprobe how long a source is and how fast; tells a file that is not a video before ffmpeg is started on it.</summary>
internal static class ClipProbe
{
    private const int MaxOutput = 64 * 1024;

    // Bytes of a file whose frames are counted: more takes longer to read than a source has for its first frame.
    private const long MaxCounted = 256L * 1024 * 1024;

    /// <returns>Either the facts or the reason.</returns>
    public static async ValueTask<(ClipInfo? Clip, SourceEnd? End)> RunAsync(
        string program, SourceAddress address, int memoryMb, TimeSpan timeout, Action<int> onProcess, Action<int> onLingering, CancellationToken cancellationToken)
    {
        var (clip, end) = await RunOnceAsync(program, address, memoryMb, countPackets: false, timeout, onProcess, onLingering, cancellationToken).ConfigureAwait(false);

        // Some containers do not say how many frames they hold. Counting reads the whole file, which only a small file on disk allows.
        return clip is { Frames: 0 } && address.Kind == SourceKind.File && new FileInfo(address.Input) is { Exists: true, Length: <= MaxCounted }
            ? await RunOnceAsync(program, address, memoryMb, countPackets: true, timeout, onProcess, onLingering, cancellationToken).ConfigureAwait(false)
            : (clip, end);
    }

    private static async ValueTask<(ClipInfo? Clip, SourceEnd? End)> RunOnceAsync(
        string program, SourceAddress address, int memoryMb, bool countPackets, TimeSpan timeout, Action<int> onProcess, Action<int> onLingering, CancellationToken cancellationToken)
    {
        await using var child = await ChildProcess.StartAsync(program, FfmpegArguments.Probe(address, countPackets, timeout), memoryMb, onLingering).ConfigureAwait(false);
        onProcess(child.Id);
        var output = new byte[MaxOutput];
        var length = await child.Output.ReadAtLeastAsync(output, MaxOutput, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var (exitCode, errors) = await child.FinishAsync().ConfigureAwait(false);
        if (exitCode != 0)
        {
            return (null, FfmpegErrors.Describe(address.Kind, exitCode, errors, hasFrames: false));
        }

        try
        {
            var clip = ProbeJson.Read(output.AsMemory(0, length), address.Kind);
            return (clip, clip is null ? FfmpegErrors.NoVideo(address.Kind) : null);
        }
        catch (JsonException)
        {
            return (null, SourceEnd.Lost("ffprobe gave no readable answer."));
        }
    }
}
