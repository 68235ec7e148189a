using DeltaEdge.Core.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Sources behind URLs: a video, something else, nobody there, and no word of the password.</summary>
public sealed class NetworkSourceTests : IAsyncLifetime
{
    private const string Secret = "hunter2";

    private readonly ClipFolder _clips = new();
    private WebApplication? _web;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        var clip = _clips.Numbered("served.mp4", fps: 30, frames: 20);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.MapGet("/video.mp4", () => Results.File(clip, "video/mp4", enableRangeProcessing: true));
        _web.MapGet("/page.html", () => Results.Content("<html><body>Not a camera</body></html>", "text/html"));
        _web.MapGet("/locked", () => Results.StatusCode(StatusCodes.Status401Unauthorized));
        _web.MapGet("/playlist.m3u8", () => Results.Content($"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://{clip}\n#EXT-X-ENDLIST\n", "application/vnd.apple.mpegurl"));
        await _web.StartAsync();
        _address = _web.Urls.First();
    }

    [Fact]
    public async Task VideoOverHttp_RunsAndLoops()
    {
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("http", $"{_address}/video.mp4?token={Secret}", fps: 30));
        var before = await host.NextFrameAsync("http");
        while (true)
        {
            // 20 frames a round: a position that falls means that it has started again.
            var frame = await host.NextFrameAsync("http");
            Assert.Equal(ClipFolder.NumberIn(frame.Image.Pixels), (int)Math.Round(frame.SourceSeconds * 30));
            if (frame.SourceSeconds < before.SourceSeconds)
            {
                break;
            }

            before = frame;
        }

        Assert.DoesNotContain(Secret, camera.Status.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page.html", "not a video")]
    [InlineData("locked", "refused the credentials")]
    public async Task SomethingElseOverHttp_IsTriedAgainAndSaysWhat(string path, string words)
    {
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("http", $"{_address}/{path}"));
        for (var i = 0; i < 2; i++)
        {
            await host.WaitForAsync(camera, StreamState.Reconnecting);
            Assert.Contains(words, camera.Status.LastError, StringComparison.Ordinal);
            await host.WaitForAsync(camera, StreamState.Connecting);
        }
    }

    [Fact]
    public async Task PlaylistThatLeadsToAFile_GivesNoFrame()
    {
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("m3u8", $"{_address}/playlist.m3u8"));
        await camera.WaitForStateAsync(s => s is StreamState.Failed or StreamState.Reconnecting, host.Patience);
        Assert.Equal(0, camera.Status.Frames.Captured);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("rtsp")]
    public async Task NobodyThere_ReconnectsAndKeepsTheSecret(string scheme)
    {
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("gone", $"{scheme}://admin:{Secret}@127.0.0.1:{Ports.Free()}/live?token={Secret}"));
        for (var i = 0; i < 3; i++)
        {
            await host.WaitForAsync(camera, StreamState.Reconnecting);
            Assert.Contains("refused", camera.Status.LastError, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, camera.Status.LastError, StringComparison.Ordinal);
            await host.WaitForAsync(camera, StreamState.Connecting);
        }

        Assert.True(camera.Reconnects >= 3);
    }

    [Fact]
    public async Task CameraThatComesBack_RunsWithoutHelp()
    {
        await using var host = new StreamsHost(_clips.Root);
        var port = Ports.Free();
        var camera = host.Add(StreamsHost.Spec("back", $"http://127.0.0.1:{port}/video.mp4"));
        await host.WaitForAsync(camera, StreamState.Reconnecting);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var late = builder.Build();
        late.MapGet("/video.mp4", () => Results.File(_clips.PathOf("served.mp4"), "video/mp4", enableRangeProcessing: true));
        await late.StartAsync();
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.Null(camera.Status.LastError);
    }

    public async ValueTask DisposeAsync()
    {
        await (_web?.DisposeAsync() ?? ValueTask.CompletedTask);
        _clips.Dispose();
    }
}
