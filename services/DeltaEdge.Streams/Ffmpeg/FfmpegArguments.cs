using System.Globalization;
using DeltaEdge.Core.Streams;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Streams.Sources;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>The command lines of ffmpeg and ffprobe. Pure, so that tests can read them.</summary>
internal static class FfmpegArguments
{
    // Formats that are one file: a playlist inside an allowed folder must not reach a file outside it.
    private const string FileFormats = "mov,mp4,m4a,matroska,webm,avi,mpegts,mpeg,flv,ogg,h264,hevc,mjpeg,ivf,gif,asf,m4v";

    // What a URL may lead to; never file.
    private const string HttpProtocols = "http,https,tcp,tls,crypto,hls";
    private const string RtspProtocols = "pipe,rtsp,rtsps,rtp,srtp,tcp,udp,tls,crypto";

    // Smallest gap between frames of a live source, in periods wanted: whole frames are skipped, so a full period would leave a
    // camera of 15 fps with 7.5 where 10 are wanted.
    private const double LiveGap = 0.6;

    // Microseconds of a live HTTP source to look at; formats without a header would otherwise be looked at for all of ffmpeg's 5 s.
    private const string LiveAnalysis = "500000";

    /// <param name="address">What to read.</param>
    /// <param name="clip">What ffprobe told; null for a live source.</param>
    /// <param name="side">Side of the frames, pixels.</param>
    /// <param name="captureFps">Frames per second wanted at least, if the source has them.</param>
    /// <param name="loop">Whether a clip starts again at its end.</param>
    /// <param name="threads">Decoder threads.</param>
    /// <param name="timeout">How long the network may be silent.</param>
    public static List<string> Read(SourceAddress address, ClipInfo? clip, int side, double captureFps, bool loop, int threads, TimeSpan timeout)
    {
        List<string> arguments = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", "-threads", Text(threads)];
        AddProtocol(arguments, address, timeout);
        if (clip is { IsPaced: true })
        {
            arguments.Add("-re");
            if (loop && (clip.DurationSeconds > 0 || address.Kind == SourceKind.File))
            {
                arguments.AddRange(["-stream_loop", "-1"]);
            }
        }
        else
        {
            // The camera's own clock may drift, jump or be missing; frames of a live source are thinned by when they arrive. What is
            // looked at to find out what comes is kept, for it holds the key frame that a camera begins with, and is little: nobody
            // waits for enough of it to tell the frame rate.
            arguments.AddRange(["-use_wallclock_as_timestamps", "1", "-fpsprobesize", "0", "-flags", "low_delay"]);
            if (address.Kind == SourceKind.Http)
            {
                arguments.AddRange(["-analyzeduration", LiveAnalysis]);
            }
        }

        arguments.AddRange(["-i", Input(address), "-map", "0:v:0", "-an", "-sn", "-dn", "-filter_threads", "1", "-vf", Filters(clip, side, captureFps)]);

        // passthrough: every frame that the filters let through comes out once, so that counting them gives the position in the clip.
        arguments.AddRange(["-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-flush_packets", "1", "-f", "rawvideo", "pipe:1"]);
        return arguments;
    }

    public static List<string> Probe(SourceAddress address, bool countPackets, TimeSpan timeout)
    {
        List<string> arguments = ["-hide_banner", "-v", "error"];
        AddProtocol(arguments, address, timeout);
        arguments.AddRange(
        [
            "-select_streams", "v:0",
            "-show_entries", "stream=avg_frame_rate,r_frame_rate,nb_frames,nb_read_packets:format=duration,format_name",
            "-of", "json",
        ]);
        if (countPackets)
        {
            arguments.Add("-count_packets");
        }

        arguments.AddRange(["-i", Input(address)]);
        return arguments;
    }

    /// <summary>
    /// What ffmpeg reads from its standard input: for RTSP a one-line list (ffconcat) that names the URL, so that its credentials are
    /// not on the command line, which every user of the machine can read. Null for other kinds. Options of the command line do not reach
    /// what a list names.
    /// </summary>
    public static string? Script(SourceAddress address, TimeSpan timeout)
    {
        if (address.Kind != SourceKind.Rtsp)
        {
            return null;
        }

        var url = address.Input.Replace("'", "'\\''", StringComparison.Ordinal);
        var transport = address.Transport switch
        {
            StreamTransport.Udp => "option rtsp_transport udp",
            StreamTransport.Auto => "option rtsp_flags prefer_tcp",
            _ => "option rtsp_transport tcp",
        };
        return $"ffconcat version 1.0\nfile '{url}'\n{transport}\noption fpsprobesize 0\noption timeout {Text((long)timeout.TotalMicroseconds)}\n";
    }

    private static void AddProtocol(List<string> arguments, SourceAddress address, TimeSpan timeout)
    {
        var microseconds = Text((long)timeout.TotalMicroseconds);
        arguments.AddRange(address.Kind switch
        {
            SourceKind.File => ["-protocol_whitelist", "file", "-format_whitelist", FileFormats],
            SourceKind.Device => ["-f", "v4l2"],
            SourceKind.Http => ["-protocol_whitelist", HttpProtocols, "-rw_timeout", microseconds],
            _ => (ReadOnlySpan<string>)["-protocol_whitelist", RtspProtocols, "-f", "concat", "-safe", "0"],
        });
    }

    // "file:" keeps a path from being read as an option or as another protocol.
    private static string Input(SourceAddress address) => address.Kind switch
    {
        SourceKind.File => $"file:{address.Input}",
        SourceKind.Rtsp => "pipe:0",
        _ => address.Input,
    };

    private static string Filters(ClipInfo? clip, int side, double captureFps)
    {
        var pad = ModelInput.PadColour;
        var thin = clip is { IsPaced: true }
            ? clip.StepFor(captureFps) is > 1 and var step ? $"select=not(mod(n\\,{Text(step)}))," : ""
            : $"select=isnan(prev_selected_t)+gte(t-prev_selected_t\\,{Text(LiveGap / captureFps)}),";
        return $"{thin}scale=w={Text(side)}:h={Text(side)}:force_original_aspect_ratio=decrease"
            + ":flags=bicubic+accurate_rnd+full_chroma_int:param0=0:param1=0.5,format=rgb24"
            + $",pad={Text(side)}:{Text(side)}:(ow-iw)/2:(oh-ih)/2:color=0x{pad[0]:X2}{pad[1]:X2}{pad[2]:X2}";
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
