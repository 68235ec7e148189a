using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Ffmpeg;

namespace DeltaEdge.ComponentTests.Streams;

public sealed class FfmpegSourceTests : IDisposable
{
    private readonly ClipFolder _clips = new();

    [Fact]
    public async Task File_IsReadInRealTimeWithPositionsOfItsFrames()
    {
        var clip = _clips.Numbered("pace.mp4", fps: 10, frames: 12);
        await using var host = new StreamsHost(_clips.Root);
        var frames = await ReadAsync(host, clip, count: 10, loop: false);
        Assert.All(frames, (f, i) => Assert.Equal((i, i / 10.0), (f.Number, Math.Round(f.Stamp.SourceSeconds, 6))));
        var span = (frames[^1].Stamp.CapturedAt - frames[0].Stamp.CapturedAt).TotalSeconds;
        Assert.InRange(span, 0.6, 3);
    }

    [Theory]
    [InlineData(30, 15, 30, "mp4")]
    [InlineData(30, 16, 10, "mp4")]
    [InlineData(25, 13, 10, "mkv")]
    public async Task LoopingFile_PositionNamesTheFrameShown(int fps, int clipFrames, double captureFps, string container)
    {
        var clip = _clips.Numbered($"loop.{container}", fps, clipFrames);
        await using var host = new StreamsHost(_clips.Root, o => o.CaptureFps = captureFps);

        // Three times round.
        var step = (int)(fps / captureFps);
        var frames = await ReadAsync(host, clip, count: 3 * clipFrames / step, loop: true, fps: 1);
        Assert.All(frames, f => Assert.Equal(f.Number, (int)Math.Round(f.Stamp.SourceSeconds * fps)));
        Assert.Contains(frames.Skip(1), f => f.Number < step);
    }

    [Fact]
    public async Task WideFile_IsPaddedWithTheMeanColour()
    {
        var clip = _clips.White("wide.mp4", width: 64, height: 32);
        await using var host = new StreamsHost(_clips.Root, o => o.ImageSize = 32);
        var opening = await host.Sources.OpenAsync(StreamsHost.Spec("wide", clip), _ => { }, host.Patience);
        await using var source = opening.Source!;
        var pixels = new byte[32 * 32 * 3];
        Assert.Null((await source.ReadAsync(pixels, host.Patience)).End);
        Assert.Equal(ModelInput.PadColour.ToArray(), pixels[..3]);
        Assert.Equal(ModelInput.PadColour.ToArray(), pixels[^3..]);
        Assert.InRange(pixels[16 * 32 * 3], 250, 255);
    }

    /// <summary>Somebody waits for the first frame; nobody for the others as much as for answers.</summary>
    [Fact]
    public async Task Reader_StepsBackOnceItHasShownAFrame()
    {
        var clip = _clips.Numbered("nice.mp4", fps: 10, frames: 10);
        await using var host = new StreamsHost(_clips.Root);
        var process = 0;
        var opening = await host.Sources.OpenAsync(StreamsHost.Spec("nice", clip), id => process = id, host.Patience);
        await using var source = opening.Source!;
        var own = Niceness($"/proc/{Environment.ProcessId}");
        await Wait.UntilAsync(() => Niceness($"/proc/{process}") == own + ReaderPriority.Starting, () => "the reader to start");

        Assert.Null((await source.ReadAsync(new byte[ClipFolder.Side * ClipFolder.Side * 3], host.Patience)).End);

        var threads = Directory.GetDirectories($"/proc/{process}/task");
        Assert.NotEmpty(threads);
        Assert.All(threads, thread => Assert.Equal(Math.Max(ReaderPriority.Running, own + ReaderPriority.Starting), Niceness(thread)));
    }

    [Theory]
    [InlineData("rtsp")]
    [InlineData("http")]
    public async Task CameraThatIsAway_CostsNoProcess(string scheme)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var host = new StreamsHost(_clips.Root, o => (o.FfmpegPath, o.FfprobePath) = ("no-such-program", "no-such-program"));
        var opening = await host.Sources.OpenAsync(
            StreamsHost.Spec("away", $"{scheme}://user:secret@127.0.0.1:{port}/live"), _ => Assert.Fail("A process was started."), host.Patience);
        Assert.Equal(SourceEnd.Lost("The source could not be reached: Connection refused."), opening.End);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "What answers at the source's address does not speak RTSP.")]
    [InlineData("RTSP/1.0 200 OK\r\n\r\nRTSP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nv=0\r\n", "The camera describes no video stream.")]
    [InlineData("RTSP/1.0 200 OK\r\n\r\nRTSP/1.0 404 Not Found\r\n\r\n", "The source could not be read: the camera answers 404 when it is asked for its stream.")]
    public async Task CameraThatAnswersBadly_CostsNoProcess(string answers, string message)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var served = ServeAsync();
        await using var host = new StreamsHost(_clips.Root, o => (o.FfmpegPath, o.FfprobePath) = ("no-such-program", "no-such-program"));

        var opening = await host.Sources.OpenAsync(
            StreamsHost.Spec("bad", $"rtsp://user:secret@127.0.0.1:{port}/live"), _ => Assert.Fail("A process was started."), host.Patience);

        Assert.Equal(SourceEnd.Lost(message), opening.End);
        var asked = await served;
        Assert.StartsWith($"OPTIONS rtsp://127.0.0.1:{port}/live RTSP/1.0\r\nCSeq: 1\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", asked, StringComparison.Ordinal);

        async Task<string> ServeAsync()
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answers));
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync();
        }
    }

    /// <summary>Its frames are not counted: a recording of a day takes longer to read through than a source has to open.</summary>
    [Fact]
    public async Task LargeFile_IsProbedOnce()
    {
        var clip = _clips.Copy("large.mkv", _clips.Numbered("whole.mp4", fps: 30, frames: 12));
        await using (var file = new FileStream(clip, FileMode.Open))
        {
            file.SetLength(300L * 1024 * 1024); // A hole; the container says where the video ends.
        }

        await using var host = new StreamsHost(_clips.Root);
        var processes = 0;
        var opening = await host.Sources.OpenAsync(StreamsHost.Spec("large", clip), _ => processes++, host.Patience);
        await using var source = opening.Source!;
        Assert.Null((await source.ReadAsync(new byte[ClipFolder.Side * ClipFolder.Side * 3], host.Patience)).End);
        Assert.Equal(2, processes);
    }

    [Fact]
    public async Task FileThatDoesNotLoop_Ends()
    {
        var clip = _clips.Numbered("once.mp4", fps: 30, frames: 6);
        await using var host = new StreamsHost(_clips.Root);
        var opening = await host.Sources.OpenAsync(StreamsHost.Spec("once", clip, loop: false), _ => { }, host.Patience);
        await using var source = opening.Source!;
        var pixels = new byte[ClipFolder.Side * ClipFolder.Side * 3];
        var count = 0;
        SourceRead read;
        while ((read = await source.ReadAsync(pixels, host.Patience)).End is null)
        {
            count++;
        }

        Assert.Equal((6, SourceEndKind.Ended), (count, read.End.Kind));
    }

    [Theory]
    [InlineData("raw.h264")]
    [InlineData("killed.mkv")]
    public async Task FileWithoutADuration_IsReadInRealTimeAndEnds(string name)
    {
        var clip = _clips.Copy(name, _clips.Numbered("whole.mp4", fps: 10, frames: 12), isCutOff: name.EndsWith("mkv", StringComparison.Ordinal));
        await using var host = new StreamsHost(_clips.Root);
        var opening = await host.Sources.OpenAsync(StreamsHost.Spec("endless", clip, loop: false), _ => { }, host.Patience);
        await using var source = opening.Source!;
        var pixels = new byte[ClipFolder.Side * ClipFolder.Side * 3];
        var seen = new List<(int Number, FrameStamp Stamp)>();
        SourceRead read;
        while ((read = await source.ReadAsync(pixels, host.Patience)).End is null)
        {
            seen.Add((ClipFolder.NumberIn(pixels), read.Stamp));
        }

        Assert.Equal(SourceEndKind.Ended, read.End.Kind);
        Assert.Equal(Enumerable.Range(0, 12), seen.Select(f => f.Number));
        Assert.True((seen[^1].Stamp.CapturedAt - seen[0].Stamp.CapturedAt).TotalSeconds > 0.6);
    }

    [Fact]
    public async Task LoopingFileWithoutADuration_StartsAgain()
    {
        var clip = _clips.Copy("killed.mkv", _clips.Numbered("whole.mp4", fps: 30, frames: 12), isCutOff: true);
        await using var host = new StreamsHost(_clips.Root);
        var frames = await ReadAsync(host, clip, count: 30, loop: true);
        Assert.All(frames, (f, i) => Assert.Equal(i % 12, f.Number));
    }

    public void Dispose() => _clips.Dispose();

    /// <param name="process">Folder of a process or a thread under /proc.</param>
    private static int Niceness(string process)
    {
        var stat = File.ReadAllText(Path.Combine(process, "stat"));
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }

    private static async Task<List<(int Number, FrameStamp Stamp)>> ReadAsync(StreamsHost host, string clip, int count, bool loop, double fps = 10)
    {
        var opening = await host.Sources.OpenAsync(StreamsHost.Spec("direct", clip, fps, loop), _ => { }, host.Patience);
        Assert.Null(opening.End);
        await using var source = opening.Source!;
        var pixels = new byte[ClipFolder.Side * ClipFolder.Side * 3];
        var frames = new List<(int, FrameStamp)>();
        while (frames.Count < count)
        {
            var read = await source.ReadAsync(pixels, host.Patience);
            Assert.Null(read.End);
            frames.Add((ClipFolder.NumberIn(pixels), read.Stamp));
        }

        return frames;
    }
}
