using System.ComponentModel;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Sources;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>Opens a stream's source with an ffmpeg child of its own.</summary>
internal sealed class FfmpegSourceFactory(SourcePolicy policy, IOptions<StreamsOptions> options, MonotonicClock clock) : IFrameSourceFactory
{
    private readonly string _ffmpeg = options.Value.FfmpegPath;
    private readonly string _ffprobe = options.Value.FfprobePath;
    private readonly int _side = options.Value.ImageSize;
    private readonly int _threads = options.Value.DecoderThreads;
    private readonly double _captureFps = options.Value.CaptureFps;
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.Value.ConnectTimeoutSeconds);

    public async ValueTask<SourceOpening> OpenAsync(StreamSpec spec, CancellationToken cancellationToken)
    {
        if (!(await policy.ResolveAsync(spec.Source, cancellationToken).ConfigureAwait(false)).TryGet(out var address, out var error))
        {
            return SourceOpening.Refused(SourceEnd.Failed(error.Message));
        }

        if (address.Kind == SourceKind.File && !File.Exists(address.Input))
        {
            return SourceOpening.Refused(SourceEnd.Failed($"The file {spec.SourceDisplay} does not exist."));
        }

        try
        {
            return await StartAsync(spec, address, cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            return SourceOpening.Refused(SourceEnd.Failed($"{_ffmpeg} or {_ffprobe} cannot be run ({e.Message}). Debian has both in the package ffmpeg."));
        }
    }

    private async ValueTask<SourceOpening> StartAsync(StreamSpec spec, SourceAddress address, CancellationToken cancellationToken)
    {
        ClipInfo? clip = null;
        if (address.Kind != SourceKind.Rtsp)
        {
            (clip, var end) = await ClipProbe.RunAsync(_ffprobe, address, _timeout, cancellationToken).ConfigureAwait(false);
            if (end is not null)
            {
                return SourceOpening.Refused(end);
            }
        }

        var captureFps = Math.Max(_captureFps, spec.Fps);
        var paced = clip is { IsPaced: true } ? clip : null;
        var child = ChildProcess.Start(_ffmpeg, FfmpegArguments.Read(address, paced, _side, captureFps, spec.Loop, _threads, _timeout));
        return SourceOpening.Opened(new FfmpegSource(child, address.Kind, paced, paced?.StepFor(captureFps) ?? 1, spec.Loop, clock));
    }
}
