using System.ComponentModel;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>Opens videos, cameras and devices with an ffmpeg child for each stream.</summary>
internal sealed partial class FfmpegOpener(IOptions<StreamsOptions> options, CameraDoor door, MonotonicClock clock, ILogger<FfmpegOpener> logger) : ISourceOpener
{
    private readonly string _ffmpeg = options.Value.FfmpegPath;
    private readonly string _ffprobe = options.Value.FfprobePath;
    private readonly int _side = options.Value.ImageSize;
    private readonly int _threads = options.Value.DecoderThreads;
    private readonly int _memoryMb = options.Value.ReaderMemoryMb;
    private readonly double _captureFps = options.Value.CaptureFps;
    private readonly TimeSpan _timeout = options.Value.ReaderTimeout;

    public bool Opens(SourceKind kind) => kind.IsReadByProcess();

    public async ValueTask<SourceOpening> OpenAsync(StreamSpec spec, SourceAddress address, Action<int> onProcess, CancellationToken cancellationToken)
    {
        if (address.Kind == SourceKind.File && !File.Exists(address.Input))
        {
            return SourceOpening.Refused(SourceEnd.Failed($"The file {spec.SourceDisplay} does not exist."));
        }

        // A camera that is unplugged comes back under its name.
        if (address.Kind == SourceKind.Device && !File.Exists(address.Input))
        {
            return SourceOpening.Refused(SourceEnd.Lost($"The device {address.Input} is not there."));
        }

        if (await door.KnockAsync(address, cancellationToken).ConfigureAwait(false) is { } away)
        {
            return SourceOpening.Refused(away);
        }

        try
        {
            return await StartAsync(spec, address, onProcess, cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            return SourceOpening.Refused(SourceEnd.Failed($"{_ffmpeg} or {_ffprobe} cannot be run ({e.Message}). Debian has both in the package ffmpeg."));
        }
    }

    private async ValueTask<SourceOpening> StartAsync(StreamSpec spec, SourceAddress address, Action<int> onProcess, CancellationToken cancellationToken)
    {
        ClipInfo? clip = null;
        if (address.Kind is SourceKind.File or SourceKind.Http)
        {
            (clip, var end) = await ClipProbe.RunAsync(_ffprobe, address, _memoryMb, _timeout, onProcess, LogLingering, cancellationToken).ConfigureAwait(false);
            if (end is not null)
            {
                return SourceOpening.Refused(end);
            }
        }

        var captureFps = Math.Max(_captureFps, spec.Fps);
        var paced = clip is { IsPaced: true } ? clip : null;
        var arguments = FfmpegArguments.Read(address, paced, _side, captureFps, spec.Loop, _threads, _timeout);
        var child = await ChildProcess.StartAsync(_ffmpeg, arguments, _memoryMb, LogLingering, FfmpegArguments.Script(address, _timeout)).ConfigureAwait(false);
        onProcess(child.Id);
        return SourceOpening.Opened(new FfmpegSource(child, address.Kind, paced, paced?.StepFor(captureFps) ?? 1, spec.Loop, clock));
    }
    [LoggerMessage(EventName = "ReaderLingers", Level = LogLevel.Error, Message = "Process {ProcessId} that read a source was killed and is still there; it is left alone. A disk or device that does not answer holds it.")]
    private partial void LogLingering(int processId);
}
