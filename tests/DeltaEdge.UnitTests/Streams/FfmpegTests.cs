using System.ComponentModel;
using System.Globalization;
using System.Text;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Ffmpeg;
using DeltaEdge.Streams.Sources;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>What is said to ffmpeg, and what is understood of what it says.</summary>
public sealed class FfmpegTests
{
    private static readonly ClipInfo Clip = new(Fps: 30, Frames: 100, DurationSeconds: 100 / 30.0, IsPaced: true);

    [Fact]
    public void LoopingFile_IsPacedLoopedAndKeptToPlainFiles()
    {
        var line = Line(new SourceAddress(SourceKind.File, "/clips/a b.mp4"), Clip, loop: true);
        Assert.Contains(" -protocol_whitelist file ", line, StringComparison.Ordinal);
        Assert.Contains(" -re -stream_loop -1 -i file:/clips/a b.mp4 ", line, StringComparison.Ordinal);
        Assert.Contains("select=not(mod(n\\,3)),", line, StringComparison.Ordinal);
        Assert.Contains("pad=336:336:(ow-iw)/2:(oh-ih)/2:color=0x7A7468", line, StringComparison.Ordinal);
        Assert.EndsWith("-pix_fmt rgb24 -flush_packets 1 -f rawvideo pipe:1", line, StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatDoesNotLoop_IsNotLooped() =>
        Assert.DoesNotContain("stream_loop", Line(new SourceAddress(SourceKind.File, "/a.mp4"), Clip, loop: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("File", 0, true)]
    [InlineData("Http", 0, false)]
    [InlineData("Http", 10, true)]
    public void OnlyWhatHasAnEnd_IsLooped(string kind, double duration, bool loops) =>
        Assert.Equal(loops, Line(new SourceAddress(Enum.Parse<SourceKind>(kind), "x"), Clip with { DurationSeconds = duration }, loop: true).Contains("-stream_loop -1", StringComparison.Ordinal));

    [Theory]
    [InlineData(StreamTransport.Tcp, "option rtsp_transport tcp\n")]
    [InlineData(StreamTransport.Udp, "option rtsp_transport udp\n")]
    [InlineData(StreamTransport.Auto, "option rtsp_flags prefer_tcp\n")]
    public void Rtsp_IsToldOnStandardInputAndIsNotPaced(StreamTransport transport, string option)
    {
        var address = new SourceAddress(SourceKind.Rtsp, "rtsp://u:it's@cam/live", transport);
        var line = Line(address, clip: null, loop: true);
        Assert.Contains(" -f concat -safe 0 -use_wallclock_as_timestamps 1 ", line, StringComparison.Ordinal);
        Assert.Contains(" -i pipe:0 ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("cam", line, StringComparison.Ordinal);
        Assert.Contains("gte(t-prev_selected_t\\,0.06)", line, StringComparison.Ordinal);
        Assert.DoesNotContain("-re ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("stream_loop", line, StringComparison.Ordinal);
        var script = FfmpegArguments.Script(address, TimeSpan.FromSeconds(15))!;
        Assert.StartsWith("ffconcat version 1.0\nfile 'rtsp://u:it'\\''s@cam/live'\n", script, StringComparison.Ordinal);
        Assert.Contains(option, script, StringComparison.Ordinal);
        Assert.EndsWith("option fpsprobesize 0\noption timeout 15000000\n", script, StringComparison.Ordinal);
    }

    /// <summary>The key frame that a camera begins with is among them; the next may be longer away than a source has for its first frame.</summary>
    [Theory]
    [InlineData("Rtsp", "rtsp://cam/live")]
    [InlineData("Http", "http://cam/live.ts")]
    [InlineData("Device", "/dev/video0")]
    public void LiveSource_KeepsThePacketsThatTellWhatItIs(string kind, string input)
    {
        var line = Line(new SourceAddress(Enum.Parse<SourceKind>(kind), input), clip: null, loop: true);
        Assert.DoesNotContain("nobuffer", line, StringComparison.Ordinal);
        Assert.Contains(" -fpsprobesize 0 ", line, StringComparison.Ordinal);
        Assert.Equal(kind == "Http", line.Contains(" -analyzeduration 500000 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Device_IsReadByItsDriver()
    {
        var line = Line(new SourceAddress(SourceKind.Device, "/dev/video0"), clip: null, loop: true);
        Assert.Contains(" -f v4l2 -use_wallclock_as_timestamps 1 ", line, StringComparison.Ordinal);
        Assert.Contains(" -i /dev/video0 -map 0:v:0 ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Child_IsBoundInMemoryAndToTheLifeOfItsParent() =>
        Assert.Equal(["--pdeathsig", "KILL", "--", "prlimit", "--data=67108864:67108864", "--", "nice", "-n", "5", "--", "ls", "-l"], ChildBounds.Wrap("ls", ["-l"], memoryMb: 64));

    [Theory]
    [InlineData(15, 20, 25)]
    [InlineData(60, 20, 65)]
    public void Reader_IsMorePatientThanItsWatchdog(double connect, double stall, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new StreamsOptions { ConnectTimeoutSeconds = connect, StallSeconds = stall }.ReaderTimeout);

    [Fact]
    public void ProgramThatIsNotThere_IsNamedSo() => Assert.Throws<Win32Exception>(() => ChildBounds.Wrap("no-such-ffmpeg", [], memoryMb: 64));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 3.3)]
    [InlineData(100, 0)]
    [InlineData(1_000_003, 0.1)]
    public void Position_StartsOverWithTheClip(long frame, double seconds) => Assert.Equal(seconds, Clip.PositionOf(frame), 9);

    [Theory]
    [InlineData(30, 10, 3)]
    [InlineData(25, 10, 2)]
    [InlineData(10, 10, 1)]
    [InlineData(5, 10, 1)]
    public void Step_LeavesAtLeastTheRateWanted(double sourceFps, double wanted, int step) => Assert.Equal(step, (Clip with { Fps = sourceFps }).StepFor(wanted));

    [Fact]
    public void ProbeOfAClip_GivesItsFacts()
    {
        var clip = Probe("""{"streams":[{"avg_frame_rate":"30000/1001","nb_frames":"300"}],"format":{"duration":"10.01"}}""")!;
        Assert.Equal((29.97, 300L, 10.01, true), (Math.Round(clip.Fps, 2), clip.Frames, clip.DurationSeconds, clip.IsPaced));
    }

    [Fact]
    public void ProbeOfALiveSource_IsNotPaced() =>
        Assert.Equal(new ClipInfo(25, 0, 0, false), Probe("""{"streams":[{"avg_frame_rate":"0/0","r_frame_rate":"25/1","nb_frames":"N/A"}],"format":{"format_name":"mpjpeg"}}"""));

    [Fact]
    public void ProbeOfAFileWithoutADuration_IsPacedAllTheSame() =>
        Assert.Equal(new ClipInfo(10, 20, 0, true), Probe("""{"streams":[{"avg_frame_rate":"10/1","nb_read_packets":"20"}],"format":{"format_name":"h264"}}""", SourceKind.File));

    [Fact]
    public void ProbeWithoutVideo_GivesNothing() => Assert.Null(Probe("""{"streams":[],"format":{}}"""));

    [Theory]
    [InlineData("File", 1, "a.mp4: Invalid data found when processing input", false, SourceEndKind.Failed)]
    [InlineData("Rtsp", 1, "rtsp://h/x: Invalid data found when processing input", false, SourceEndKind.Lost)]
    [InlineData("File", 1, "/a.mp4: Permission denied", false, SourceEndKind.Failed)]
    [InlineData("File", 1, "/a.mp4: Input/output error", true, SourceEndKind.Lost)]
    [InlineData("File", 137, "", false, SourceEndKind.Lost)]
    [InlineData("File", 255, "", false, SourceEndKind.Lost)]
    [InlineData("File", 183, "a.mp4: Invalid data found when processing input", false, SourceEndKind.Failed)]
    [InlineData("Http", 183, "http://h/x: Invalid data found when processing input", false, SourceEndKind.Lost)]
    [InlineData("Http", 183, "http://h/x: Invalid data found when processing input", true, SourceEndKind.Lost)]
    [InlineData("Device", 183, "/dev/video0: Invalid data found when processing input", false, SourceEndKind.Lost)]
    [InlineData("File", 251, "/a.mp4: Input/output error", false, SourceEndKind.Failed)]
    [InlineData("Rtsp", 234, "Stream map '0:v:0' matches no streams.", false, SourceEndKind.Lost)]
    [InlineData("Http", 1, "Stream map '0:v:0' matches no streams.", true, SourceEndKind.Lost)]
    [InlineData("File", 1, "Stream map '0:v:0' matches no streams.", false, SourceEndKind.Failed)]
    [InlineData("Rtsp", 1, "method DESCRIBE failed: 401 Unauthorized", false, SourceEndKind.Refused)]
    [InlineData("Http", 1, "http://h/x: Server returned 403 Forbidden (access denied)", true, SourceEndKind.Refused)]
    [InlineData("Http", 1, "http://h/x: Server returned 404 Not Found", false, SourceEndKind.Lost)]
    [InlineData("Http", 1, "Protocol 'file' not on whitelist 'http,tcp'!", false, SourceEndKind.Failed)]
    public void LastWords_TellWhetherToTryAgain(string kind, int exitCode, string errors, bool hasFrames, SourceEndKind expected) =>
        Assert.Equal(expected, FfmpegErrors.Describe(Enum.Parse<SourceKind>(kind), exitCode, errors, hasFrames).Kind);

    /// <summary>ffmpeg 6.1 and newer exit with the low byte of an error's number, which looks like a signal's.</summary>
    [Theory]
    [InlineData(145, "rtsp://h/x: Connection refused", "The source could not be read: Connection refused.")]
    [InlineData(234, "rtsp://h/x: Invalid argument", "The source could not be read: Invalid argument.")]
    [InlineData(240, "/dev/video0: Device or resource busy", "The source could not be read: Device or resource busy.")]
    [InlineData(244, "/a.mp4: Cannot allocate memory", "The source could not be read: Cannot allocate memory.")]
    [InlineData(143, "rtsp://h/x: No route to host", "The source could not be read: No route to host.")]
    [InlineData(135, "/dev/video0: Remote I/O error", "The source could not be read: Remote I/O error.")]
    [InlineData(135, "", "The video reader was ended by signal 7.")]
    [InlineData(143, "", "The video reader was ended by signal 15.")]
    [InlineData(132, "", "The video reader was ended by signal 4.")]
    [InlineData(137, "[h264 @ 0x5] error while decoding MB 1 2", "The video reader was ended by signal 9.")]
    [InlineData(139, "", "The video reader was ended by signal 11.")]
    public void Status_IsASignalOnlyWhereNoErrorHasIt(int exitCode, string errors, string message) =>
        Assert.Equal(SourceEnd.Lost(message), FfmpegErrors.Describe(SourceKind.Rtsp, exitCode, errors, hasFrames: false));

    [Theory]
    [InlineData("rtsp://admin:p@ss@10.0.0.1:554/live?key=abc: Connection refused", "The source could not be read: Connection refused.")]
    [InlineData("[tcp @ 0x55d] Connection to tcp://10.0.0.1:554?timeout=5 failed: No route to host", "The source could not be read: No route to host.")]
    [InlineData("", "The source could not be read.")]
    public void LastLine_IsWithoutAddressAndSecrets(string errors, string expected) => Assert.Equal(expected, FfmpegErrors.LastLine(errors));

    [Theory]
    [InlineData("rtsp://u:p@h/x", "rtsp://h/x")]
    [InlineData("rtsp://u:p@w@h/x", "rtsp://h/x")]
    [InlineData("http://h/x?token=1: gone", "http://h/x: gone")]
    [InlineData("http://h/x?token=a:b'c&d=e: gone", "http://h/x: gone")]
    [InlineData("cannot open 'http://h/x?token=1' now", "cannot open 'http://h/x' now")]
    [InlineData("rtsp://h/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp: gone", "rtsp://h/user=***_password=***_channel=1_stream=0.sdp: gone")]
    [InlineData("cannot open 'rtsp://h/user=admin&password=it's' now", "cannot open 'rtsp://h/user=***&password=***' now")]
    [InlineData("rtsp://h/token=a/b:c: gone", "rtsp://h/token=***: gone")]
    [InlineData("nothing here", "nothing here")]
    public void Credentials_AreTakenOut(string text, string expected) => Assert.Equal(expected, Redaction.Clean(text));

    /// <summary>Whatever the password and the token are, no sentence that repeats an allowed URL holds them.</summary>
    [Fact]
    public void AnyCredentials_AreTakenOutOfAnySentence()
    {
        const string Marker = "s3cr3t";
        const string Odd = "!$&'()*+,;=:@%40%2F-._~\"<>[]{}|^`\\\u00e9?";
        string[] sentences =
        [
            "{0}: Connection refused", "[rtsp @ 0x5] cannot open '{0}'", "Impossible to open '{0}'\npipe:0: Input/output error", "{0}", "\"{0}\" and {0}:",
            "[https @ 0x1] HTTP error 404 Not Found\n{0}: Server returned 404 Not Found",
        ];
        var random = new Random(11);
        var tried = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var (user, password, token, inPath) = (Piece("u"), Piece(Marker), Piece(Marker), Piece(Marker).Replace('=', '-'));
            var path = i % 3 == 0 ? "live" : $"user={inPath}{"&_;"[i % 3]}password={inPath}_channel=1";
            var url = $"{(i % 2 == 0 ? "rtsp" : "http")}://{user}:{password}@10.0.0.7:554/{path}?k={token}";
            if (SourceSyntax.Check(url).Value is null)
            {
                continue;
            }

            tried++;
            var said = string.Format(CultureInfo.InvariantCulture, sentences[i % sentences.Length], url);
            Assert.DoesNotContain(Marker, Redaction.Clean(said), StringComparison.Ordinal);
            Assert.DoesNotContain(Marker, FfmpegErrors.LastLine(said), StringComparison.Ordinal);
            Assert.DoesNotContain(Marker, SourceSyntax.Display(url), StringComparison.Ordinal);
        }

        Assert.True(tried > 1000, $"Only {tried} of the URLs were allowed.");

        string Piece(string core) => Some() + core + Some();

        string Some() => new([.. Enumerable.Range(0, random.Next(3)).Select(_ => Odd[random.Next(Odd.Length)])]);
    }

    [Fact]
    public void ErrorOutputWithoutEnd_IsKeptToItsTail()
    {
        var tail = new StderrTail();
        for (var i = 0; i < 10_000; i++)
        {
            tail.Append($"line {i}\n");
        }

        Assert.InRange(tail.Text.Length, 1, 4096);
        Assert.EndsWith("line 9999\n", tail.Text, StringComparison.Ordinal);
    }

    private static string Line(SourceAddress address, ClipInfo? clip, bool loop) =>
        string.Join(' ', FfmpegArguments.Read(address, clip, side: 336, captureFps: 10, loop, threads: 1, TimeSpan.FromSeconds(15)));

    private static ClipInfo? Probe(string json, SourceKind kind = SourceKind.Http) => ProbeJson.Read(Encoding.UTF8.GetBytes(json), kind);
}
