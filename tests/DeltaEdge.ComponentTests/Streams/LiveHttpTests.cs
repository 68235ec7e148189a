using System.Globalization;
using System.Text;
using DeltaEdge.Core.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Live pictures over HTTP as cameras send them, also when size or codec change under way.</summary>
public sealed class LiveHttpTests : IDisposable
{
    private readonly ClipFolder _clips = new();

    [Fact]
    public async Task Mjpeg_RunsThroughAChangeOfSize()
    {
        await using var web = await LocalWeb.StartAsync(app => app.MapGet(
            "/mjpeg", context => SendPicturesAsync(context, i => i < 30 ? ImageFiles.Grey(50) : ImageFiles.Grey(200, side: 96), count: int.MaxValue)));
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("mjpeg", web.Urls.First() + "/mjpeg", fps: 20));
        Assert.InRange(ImageFiles.LevelIn((await host.NextFrameAsync("mjpeg")).Image.Pixels), 40, 60);
        while (ImageFiles.LevelIn((await host.NextFrameAsync("mjpeg")).Image.Pixels) is not (>= 190 and <= 210))
        {
            // Frames of the old size.
        }

        Assert.Equal((StreamState.Running, 0L), (camera.State, camera.Reconnects));
    }

    /// <summary>What a camera answers while it starts, it does not answer for ever; nor does a stream that has just been added give up on it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task CameraThatAnswersAPageWhileItRestarts_RunsAgain(int connectionsBefore)
    {
        const int Pages = 2;
        var connections = 0;
        await using var web = await LocalWeb.StartAsync(app => app.MapGet("/mjpeg", async context =>
        {
            var connection = Interlocked.Increment(ref connections);
            if (connection > connectionsBefore && connection <= connectionsBefore + Pages)
            {
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>Starting</body></html>");
                return;
            }

            await SendPicturesAsync(context, _ => ImageFiles.Grey(50), count: connection <= connectionsBefore ? 20 : int.MaxValue);
        }));
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("restarts", web.Urls.First() + "/mjpeg", fps: 20));
        await camera.WaitForStateAsync(s => s == StreamState.Failed || Volatile.Read(ref connections) >= connectionsBefore + Pages, host.Patience);
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.True(Volatile.Read(ref connections) > connectionsBefore + Pages, "It never saw the page.");
        Assert.Null(camera.Status.LastError);
    }

    [Theory]
    [InlineData("libx264", false)]
    [InlineData("libx265", true)]
    public async Task TransportStream_RunsThroughAChangeOfSizeAndByReconnectOfCodec(string codec, bool reconnects)
    {
        var before = await File.ReadAllBytesAsync(_clips.Stream("before.ts", "libx264", side: 96, grey: "0x404040"));
        var after = await File.ReadAllBytesAsync(_clips.Stream("after.ts", codec, side: 64, grey: "0xC0C0C0"));
        var connections = 0;
        await using var web = await LocalWeb.StartAsync(app => app.MapGet("/live.ts", async context =>
        {
            context.Response.ContentType = "video/mp2t";
            var isFirst = Interlocked.Increment(ref connections) <= 2; // ffprobe and ffmpeg
            if (isFirst || !reconnects)
            {
                await SendAsync(context, before, rounds: 30);
            }

            if (!isFirst || !reconnects)
            {
                await SendAsync(context, after, rounds: 1000);
            }
        }));
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("ts", web.Urls.First() + "/live.ts", fps: 20));
        while (ImageFiles.LevelIn((await host.NextFrameAsync("ts")).Image.Pixels) is not (>= 50 and <= 80))
        {
            // A decoder that starts between key frames shows grey.
        }

        while (ImageFiles.LevelIn((await host.NextFrameAsync("ts")).Image.Pixels) < 180)
        {
            // Frames of the old stream.
        }

        Assert.Equal(reconnects, camera.Reconnects > 0);
    }

    /// <summary>The camera is silent after a few seconds: what is not shown by then is not shown before its next key frame.</summary>
    [Fact]
    public async Task TransportStreamWithRareKeyFrames_ShowsItsFirst()
    {
        var stream = await File.ReadAllBytesAsync(_clips.Stream("rare.ts", "libx264", side: 64, grey: "0x808080", seconds: 10, gop: 250));
        var connections = 0;
        await using var web = await LocalWeb.StartAsync(app => app.MapGet("/live.ts", async context =>
        {
            context.Response.ContentType = "video/mp2t";
            var isProbe = Interlocked.Increment(ref connections) == 1;
            await context.Response.Body.WriteAsync(isProbe ? stream : stream.AsMemory(0, stream.Length / 3), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (!isProbe)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }
        }));
        await using var host = new StreamsHost(_clips.Root);
        var opening = await host.Sources.OpenAsync(StreamsHost.Spec("rare", web.Urls.First() + "/live.ts"), _ => { }, host.Patience);
        await using var source = opening.Source!;
        var pixels = new byte[ClipFolder.Side * ClipFolder.Side * 3];
        Assert.Null((await source.ReadAsync(pixels, host.Patience)).End);
        Assert.InRange(ImageFiles.LevelIn(pixels), 110, 150);
    }

    [Fact]
    public async Task LivePlaylist_Runs()
    {
        var segment = _clips.Stream("segment.ts", "libx264", side: 64, grey: "0x808080");
        var started = TimeProvider.System.GetTimestamp();
        await using var web = await LocalWeb.StartAsync(app =>
        {
            app.MapGet("/live.m3u8", () =>
            {
                var first = (int)TimeProvider.System.GetElapsedTime(started).TotalSeconds;
                var list = new StringBuilder($"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{first}\n");
                for (var i = first; i < first + 4; i++)
                {
                    list.Append(CultureInfo.InvariantCulture, $"#EXT-X-DISCONTINUITY\n#EXTINF:1.0,\nsegment{i}.ts\n");
                }

                return Results.Content(list.ToString(), "application/vnd.apple.mpegurl");
            });
            app.MapGet("/segment{number}.ts", () => Results.File(segment, "video/mp2t"));
        });
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("hls", web.Urls.First() + "/live.m3u8"));
        for (var i = 0; i < 15; i++)
        {
            Assert.InRange(ImageFiles.LevelIn((await host.NextFrameAsync("hls")).Image.Pixels), 110, 150);
        }

        Assert.Equal((StreamState.Running, 0L), (camera.State, camera.Reconnects));
    }

    public void Dispose() => _clips.Dispose();

    private static async Task SendPicturesAsync(HttpContext context, Func<int, byte[]> picture, int count)
    {
        context.Response.ContentType = "multipart/x-mixed-replace; boundary=frame";
        for (var i = 0; i < count && !context.RequestAborted.IsCancellationRequested; i++)
        {
            var image = picture(i);
            var head = string.Create(CultureInfo.InvariantCulture, $"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {image.Length}\r\n\r\n");
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(head), context.RequestAborted);
            await context.Response.Body.WriteAsync(image, context.RequestAborted);
            await context.Response.Body.WriteAsync("\r\n"u8.ToArray(), context.RequestAborted);
            await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System, context.RequestAborted);
        }
    }

    private static async Task SendAsync(HttpContext context, byte[] stream, int rounds)
    {
        for (var i = 0; i < rounds && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await context.Response.Body.WriteAsync(stream, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, context.RequestAborted);
        }
    }
}
