using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams;

/// <summary>How cameras are read. Read once at start.</summary>
public sealed class StreamsOptions
{
    public const string SectionName = "DeltaEdge:Streams";

    private const double ReaderMarginSeconds = 5;

    /// <summary>Most streams on this worker. Default 64.</summary>
    [Range(1, 10_000)]
    public int MaxStreams { get; set; } = 64;

    /// <summary>Folders whose files may be streams; symbolic links are followed before the check. Default none: no file may be opened.</summary>
    public IList<string> AllowedDirectories { get; } = [];

    /// <summary>Capture devices that may be streams, for example /dev/video0. Default none.</summary>
    public IList<string> AllowedDevices { get; } = [];

    /// <summary>Side of the frames, pixels: the model's input. Default 336.</summary>
    [Range(14, 4096)]
    public int ImageSize { get; set; } = 336;

    /// <summary>Frames per second read from a source that has more, unless the stream asks about more. More is fresher and costs CPU. Default 10.</summary>
    [Range(0.1, 120)]
    public double CaptureFps { get; set; } = 10;

    /// <summary>Frames of one stream that are asked about at the same time. Default 1.</summary>
    [Range(1, 2)]
    public int MaxInFlight { get; set; } = 1;

    /// <summary>
    /// Readers (ffmpeg) that may use the processor for their start at the same time; others wait for their turn, behind none that only waits
    /// for its camera. 0 is one per core, and at least two. Default 0.
    /// </summary>
    [Range(0, 10_000)]
    public int StartsAtOnce { get; set; }

    /// <summary>
    /// Whether an RTSP camera is asked to describe its stream, over a connection that is closed again, before a reader is started: one that
    /// answers badly then costs no process. Off for cameras that take one connection only. Default true.
    /// </summary>
    public bool RtspGreeting { get; set; } = true;

    /// <summary>Seconds a source has to give its first frame. Default 15.</summary>
    [Range(1, 600)]
    public double ConnectTimeoutSeconds { get; set; } = 15;

    /// <summary>Seconds without a frame after which a source has stalled and is opened again. Default 20.</summary>
    [Range(1, 3600)]
    public double StallSeconds { get; set; } = 20;

    /// <summary>Longest wait before the first reconnect, seconds; doubles with each. Default 1.</summary>
    [Range(0.01, 60)]
    public double ReconnectMinSeconds { get; set; } = 1;

    /// <summary>Longest wait before any reconnect, seconds. Default 60.</summary>
    [Range(0.01, 3600)]
    public double ReconnectMaxSeconds { get; set; } = 60;

    /// <summary>Decoder threads of each camera. Default 1.</summary>
    [Range(1, 64)]
    public int DecoderThreads { get; set; } = 1;

    /// <summary>MiB of data memory that each camera's reader may take before it is ended; a camera that grows it cannot grow it further. Default 1024.</summary>
    [Range(64, 65_536)]
    public int ReaderMemoryMb { get; set; } = 1024;

    /// <summary>Largest image that is pushed or fetched, bytes. Default 8 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxImageBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Most frames per second that may be pushed to one stream. Default 30.</summary>
    [Range(0.1, 120)]
    public double MaxPushFps { get; set; } = 30;

    /// <summary>Seconds after which a WebSocket that pushes nothing is closed. Default 60.</summary>
    [Range(0.1, 3600)]
    public double PushIdleSeconds { get; set; } = 60;

    /// <summary>Answers and events of a stream that wait while shared state is out of reach; beyond it the oldest are dropped. Default 500.</summary>
    [Range(1, 100_000)]
    public int AnswersBuffered { get; set; } = 500;

    /// <summary>JPEG quality of the live picture, 1 to 100. Default 75.</summary>
    [Range(1, 100)]
    public int PreviewQuality { get; set; } = 75;

    /// <summary>The ffmpeg program. Default "ffmpeg", found on the PATH.</summary>
    [Required]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>The ffprobe program. Default "ffprobe", found on the PATH.</summary>
    [Required]
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>
    /// How long a reader waits for a silent network, all its life. Longer than the watchdog waits for it, whose reasons are the better
    /// ones; it ends a reader that nobody watches any more.
    /// </summary>
    internal TimeSpan ReaderTimeout => TimeSpan.FromSeconds(Math.Max(ConnectTimeoutSeconds, StallSeconds) + ReaderMarginSeconds);

    internal int EffectiveStartsAtOnce => StartsAtOnce > 0 ? StartsAtOnce : Math.Max(2, Environment.ProcessorCount);
}

/// <summary>Attribute rules of <see cref="StreamsOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StreamsOptionsValidator : IValidateOptions<StreamsOptions>;

/// <summary>Rules across properties of <see cref="StreamsOptions"/>.</summary>
internal sealed class StreamsOptionsCrossValidator : IValidateOptions<StreamsOptions>
{
    public ValidateOptionsResult Validate(string? name, StreamsOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.ReconnectMaxSeconds < options.ReconnectMinSeconds)
        {
            result.AddError(
                $"{StreamsOptions.SectionName}:ReconnectMaxSeconds is {options.ReconnectMaxSeconds}; allowed: at least ReconnectMinSeconds, {options.ReconnectMinSeconds}.",
                nameof(options.ReconnectMaxSeconds));
        }

        foreach (var folder in options.AllowedDirectories)
        {
            if (string.IsNullOrWhiteSpace(folder))
            {
                result.AddError($"{StreamsOptions.SectionName}:AllowedDirectories holds an empty entry; allowed: paths of folders.", nameof(options.AllowedDirectories));
            }
        }

        foreach (var device in options.AllowedDevices)
        {
            if (!Path.IsPathRooted(device))
            {
                result.AddError($"{StreamsOptions.SectionName}:AllowedDevices holds {device}; allowed: full paths such as /dev/video0.", nameof(options.AllowedDevices));
            }
        }

        return result.Build();
    }
}
